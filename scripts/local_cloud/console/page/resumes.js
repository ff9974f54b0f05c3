// Uploading, the list of resumes, and watching one until it has come to its end.

import { call, upload } from "./api.js";
import { refreshAccount } from "./account.js";
import { acting, byId, fill, h, toast } from "./dom.js";

export const STATES = {
  waiting_for_upload: "等待上传", uploaded: "已上传", parsing: "解析中", parsed: "已解析", optimising: "改写中",
  optimised: "已改写", rendering: "排版中", ready: "完成", failed: "失败",
};
const LOOK_EVERY_MS = 700;
const ENDINGS = ".pdf,.docx,.doc,.wps,.rtf,.htm,.html,.mht,.mhtml,.png,.jpg,.jpeg,.webp";

let chosen = null;
let watched = 0;
let onShow = () => {};

export const current = () => chosen;

export function startResumes(show) {
  onShow = show;
  drawUpload();
  refreshList();
}

function drawUpload() {
  const file = h("input", { type: "file", accept: ENDINGS, hidden: true, onchange: () => send([...file.files]) });
  const jd = h("textarea", { rows: 3, maxLength: 8000, placeholder: "目标职位描述（可选）：贴上招聘要求，改写与匹配会对着它来" });
  const optimise = h("input", { type: "checkbox", checked: true });
  const zone = h("button", { type: "button", class: "dropzone", onclick: () => file.click() },
    h("b", {}, "把简历拖到这里，或点击选择"), h("small", {}, "PDF · Word · WPS · 图片 · 网页"));
  const send = acting(async ([picked]) => {
    if (!picked) return;
    zone.classList.add("busy");
    try {
      const id = await upload(picked, { ...(jd.value.trim() ? { jd: jd.value } : {}), optimise: optimise.checked });
      toast(`已上传：${picked.name}`);
      await refreshList();
      await open(id);
    } finally {
      zone.classList.remove("busy");
      file.value = "";
    }
  });
  for (const [event, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    zone.addEventListener(event, (happened) => {
      happened.preventDefault();
      zone.classList.toggle("over", over);
      if (event === "drop") send([...happened.dataTransfer.files]);
    });
  }
  fill(byId("upload"), h("h2", {}, "上传简历"), zone, file, jd,
    h("label", { class: "check" }, optimise, "用大模型改写（不勾选则只排版，不扣积分）"));
}

export async function refreshList() {
  const { resumes } = await call("GET", "/resume");
  fill(byId("resumes"), resumes.length ? resumes.map(card) : h("p", { class: "empty" }, "还没有简历"));
}

function card(summary) {
  const on = summary.resume_id === chosen?.resume_id;
  return h("button", { type: "button", class: on ? "item on" : "item", onclick: acting(() => open(summary.resume_id)) },
    h("span", { class: "itemname" }, summary.title || summary.filename),
    h("span", { class: `state ${summary.state}` }, STATES[summary.state] || summary.state),
    h("small", {}, `${summary.filename} · ${summary.revision}`));
}

export async function open(id) {
  const turn = ++watched;
  for (;;) {
    const before = chosen;
    const detail = await call("GET", `/resume/${id}`);
    if (turn !== watched) return;
    chosen = detail;
    if (JSON.stringify(before) !== JSON.stringify(detail)) {
      onShow(detail, { isNew: before?.resume_id !== id });
      refreshList();
    }
    if (detail.state === "ready" || detail.state === "failed") {
      await refreshAccount();
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

export async function remove() {
  watched += 1;
  await call("DELETE", `/resume/${chosen.resume_id}`);
  chosen = null;
  toast("已删除，文件与记录都不再保留");
  onShow(null, { isNew: true });
  await Promise.all([refreshList(), refreshAccount()]);
}
