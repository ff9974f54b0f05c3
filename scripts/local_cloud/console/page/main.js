// The page: a welcome, then a desk with the resumes at the left and one of six views of the open one.

import { showWelcome } from "./account.js";
import { chat } from "./chat.js";
import { changes, nothing, parsed, progress, score } from "./content.js";
import { byId, fill, h } from "./dom.js";
import { layout } from "./layout.js";
import { followLogs } from "./logs.js";
import { current, startResumes } from "./resumes.js";

const VIEWS = [
  ["progress", "进度", progress], ["parsed", "内容", parsed], ["changes", "改写", changes], ["score", "评分", score],
  ["layout", "版式", layout], ["chat", "顾问", chat],
];
let view = "progress";

function show(detail = current()) {
  fill(byId("tabs"), VIEWS.map(([name, label]) => {
    const count = name === "changes" ? detail?.changes.filter((one) => one.state !== "rejected").length : 0;
    return h("button", { role: "tab", class: name === view ? "on" : "", "aria-selected": String(name === view), "data-view": name,
      onclick: () => { view = name; show(); } }, label, count ? h("sup", {}, String(count)) : null);
  }));
  const [, , draw] = VIEWS.find(([name]) => name === view);
  fill(byId("panel"), view === "chat" ? chat() : detail ? draw(detail) : nothing());
}

showWelcome(() => {
  startResumes((detail, { isNew }) => {
    if (isNew && view !== "chat") view = "progress";
    if (view !== "chat") show(detail);
  });
  show(null);
});
followLogs();
