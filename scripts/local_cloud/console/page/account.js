// Who is logged in, what they can spend, and buying more with the payment that the local cloud plays.

import { call, logIn, logOut, own, phone } from "./api.js";
import { acting, byId, fill, h, toast } from "./dom.js";

const TILLS = { v3: "wechat_pay", v2: "wechat_pay_v2", xpay: "xpay" };
let name = "";

export async function refreshAccount() {
  draw(await call("GET", "/user/me"));
}

function draw(user) {
  fill(
    byId("account"),
    h("span", { class: "credits", title: "可用积分；括号里是处理中的简历占用的" },
      h("b", { id: "credits" }, String(user.credits)), " 积分",
      user.credits_held ? h("small", {}, `（占用 ${user.credits_held}）`) : null),
    h("button", { class: "primary small", onclick: acting(openShop) }, "充值"),
    h("span", { class: "who" }, name),
    h("button", { class: "quiet small", onclick: () => { logOut(); location.reload(); } }, "退出")
  );
}

async function openShop() {
  const { products } = await call("GET", "/pay/products");
  const dialog = h("dialog", { class: "shop", onclose: () => dialog.remove() },
    h("h2", {}, "充值积分"),
    h("p", { class: "hint" }, "本地微信支付会立刻“付款”并发来签名的通知，和线上走同一条路。"),
    products.map((product) =>
      h("button", { class: "product", onclick: acting(async () => { await buy(product); dialog.close(); }) },
        h("span", {}, product.name), h("b", {}, `¥${(product.amount_fen / 100).toFixed(2)}`))),
    h("button", { class: "quiet", onclick: () => dialog.close() }, "取消"));
  document.body.append(dialog);
  dialog.showModal();
}

async function buy(product) {
  const order = await call("POST", "/pay/prepay", { product_id: product.id });
  await phone(TILLS[order.provider], "pay", { payment: order.payment });
  const { state } = await call("GET", `/pay/orders/${order.order_id}`);
  await refreshAccount();
  toast(state === "granted" ? `已到账：${product.name}` : `订单还在处理：${state}`);
}

export function showWelcome(onEntered) {
  const input = h("input", { value: "han", maxLength: 40, "aria-label": "用户名", autocomplete: "off" });
  const enter = acting(async () => {
    name = input.value.trim() || "han";
    draw(await logIn(name));
    const { template_ready: template } = await own("/settings");
    if (template) await phone("wechat", "accept", { user: name, template_id: template });
    byId("welcome").hidden = true;
    byId("desk").hidden = false;
    onEntered();
  });
  fill(
    byId("welcome"),
    h("form", { class: "card login", onsubmit: (event) => { event.preventDefault(); enter(); } },
      h("span", { class: "seal large", "aria-hidden": "true" }, "墨"),
      h("h1", {}, "一份拿得出手的简历"),
      h("p", { class: "hint" }, "这里是跑在你电脑上的整朵云：登录、支付、上传、解析、改写、排版、顾问，都走真实接口。"),
      h("label", {}, "微信用户（随便取个名字）", input),
      h("button", { class: "primary wide", type: "submit" }, "微信登录"))
  );
  input.focus();
}
