// The tail of what the functions and the platform wrote.

import { own } from "./api.js";
import { byId, h } from "./dom.js";

const KEPT = 600;
let seen = 0;

export async function followLogs() {
  try {
    for (const line of await own(`/logs?after=${seen}`)) {
      seen = line.number;
      show(line);
    }
  } catch {
    // The cloud was stopped, or is starting again: the next look will tell.
  }
  setTimeout(followLogs, 1000);
}

function show(line) {
  const box = byId("loglines");
  const atEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - 40;
  const bad = /"outcome": "(error|failed)"|^ERROR|Traceback/.test(line.text);
  box.append(h("div", { class: bad ? "logline bad" : "logline" }, h("b", {}, line.function), h("code", {}, line.text)));
  while (box.childElementCount > KEPT) box.firstElementChild.remove();
  if (atEnd) box.scrollTop = box.scrollHeight;
  byId("lastline").textContent = `${line.function} · ${line.text}`.slice(0, 160);
}
