// The career advisor: an answer appears word by word, and stopping it stops the model.

import { events } from "./api.js";
import { refreshAccount } from "./account.js";
import { byId, h, toast } from "./dom.js";
import { current } from "./resumes.js";

const ENDS = { stop: "", length: "（回答太长，到此为止）", interrupted: "（中断了）", basic: "（大模型不可用，规则作答，不扣积分）" };
const ASK = ["我的简历最该先改哪里？", "面试会怎么问我的项目？", "怎么谈薪资？"];
let conversation = null;
let stop = null;
let log = null;

export function chat() {
  log ||= h("div", { class: "talk", role: "log" },
    h("div", { class: "bubble theirs" }, "你好，我是职业顾问。打开一份简历后提问，我会结合它的内容回答（不含姓名和联系方式）。"));
  const input = h("textarea", { rows: 2, maxLength: 2000, placeholder: "问点什么…（Enter 发送，Shift+Enter 换行）", id: "question" });
  const send = (text) => ask(text || input.value, input);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    }
  });
  return h("div", { class: "chatroom" }, log,
    h("p", { class: "chips pick" }, ASK.map((text) => h("button", { type: "button", onclick: () => send(text) }, text))),
    h("div", { class: "composer" }, input,
      h("button", { class: "primary", onclick: () => send() }, "发送"),
      h("button", { class: "quiet", id: "stop", hidden: !stop, onclick: () => stop?.abort() }, "停止")));
}

async function ask(text, input) {
  if (!text.trim() || stop) return;
  input.value = "";
  const bubble = h("div", { class: "bubble theirs typing" });
  log.append(h("div", { class: "bubble ours" }, text), bubble);
  stop = new AbortController();
  byId("stop").hidden = false;
  try {
    await listen(text, bubble);
  } catch (error) {
    if (error.name === "AbortError") bubble.append(h("small", {}, "（已停止）"));
    else {
      bubble.classList.add("bad");
      bubble.textContent = error.message;
    }
  } finally {
    stop = null;
    bubble.classList.remove("typing");
    const button = byId("stop");
    if (button) button.hidden = true;
    refreshAccount();
  }
}

async function listen(text, bubble) {
  const resume = current();
  const about = !conversation && resume?.parsed ? { resume_id: resume.resume_id } : {};
  const question = { message: text, ...about, ...(conversation ? { conversation_id: conversation } : {}) };
  for await (const [name, content] of events("/chat", question, stop.signal)) {
    if (name === "start") conversation = content.conversation_id;
    if (name === "text") bubble.append(content.text);
    if (name === "end") bubble.append(h("small", {}, ENDS[content.finish_reason] ?? "", content.credits ? `（${content.credits} 积分）` : ""));
    if (name === "error") {
      if (content.code === "content_refused") bubble.textContent = "";
      bubble.append(h("small", {}, content.message));
      toast(content.message, "error");
    }
    log.scrollTop = log.scrollHeight;
  }
}
