// What is in a resume: its way through the stages, what was read, what was reworded, and how it scores.

import { call } from "./api.js";
import { acting, fill, h, time, toast } from "./dom.js";
import { STATES, open, remove } from "./resumes.js";

const STAGES = [["parse", "解析"], ["optimise", "改写"], ["render", "排版"]];
const CHANGE_STATES = { applied: "已采用", suggested: "待你决定", rejected: "已拒绝", blocked: "已拦截" };
const RULES = {
  verb: "动词开头", concise: "更简洁", names: "名词规范", numbers: "数字统一", format: "格式规范", order: "重要的在前",
  split: "一条一事", jd: "贴近职位", duplicate: "去重", relevance: "与职位无关", clarity: "更清晰",
};

export function progress(detail) {
  const records = Object.fromEntries(detail.stages.map((record) => [record.stage, record]));
  const steps = STAGES.map(([stage, label]) => {
    const record = records[stage];
    const state = record?.state || (detail.revision !== "r1" && stage === "parse" ? "done" : "waiting");
    const words = { done: "完成", running: "进行中…", failed: "失败", waiting: "等待" };
    return h("li", { class: `step ${state}` }, h("b", {}, label),
      h("span", {}, words[state]),
      h("small", {}, record ? [time(record.started_at), record.finished_at ? ` → ${time(record.finished_at)}` : "",
        record.attempts > 1 ? `（第 ${record.attempts} 次）` : ""] : ""));
  });
  return h("div", { class: "stack" },
    h("div", { class: "titleline" },
      h("h2", {}, detail.title || detail.filename),
      h("span", { class: `state ${detail.state}` }, STATES[detail.state]),
      h("button", { class: "quiet small danger", onclick: acting(() => confirm("删除这份简历和它的所有文件？") && remove()) }, "删除")),
    h("progress", { max: 100, value: detail.progress, "aria-label": "进度" }),
    h("ol", { class: "steps" }, steps),
    detail.failure ? h("p", { class: "note bad" }, `${detail.failure.message}（${detail.failure.code}）积分已退回。`) : null,
    detail.basic ? h("p", { class: "note" }, "大模型没有参与：这是规则给出的基础版，不扣积分。") : null,
    detail.warnings.length ? h("div", { class: "note warn" }, detail.warnings.map((text) => h("p", {}, text))) : null,
    h("dl", { class: "facts" },
      h("dt", {}, "编号"), h("dd", {}, h("code", {}, detail.resume_id)),
      h("dt", {}, "修订"), h("dd", {}, detail.revision),
      h("dt", {}, "模板"), h("dd", {}, `${detail.template} ${JSON.stringify(detail.options)}`)));
}

const period = (entry) => {
  const end = entry.endDate || (entry.x_cn?.current ? "至今" : "");
  return [entry.startDate || entry.date, end].filter(Boolean).join(" – ");
};

function entries(title, list, head) {
  if (!list?.length) return null;
  return h("section", { class: "read" }, h("h3", {}, title), list.map((entry) => {
    const texts = [entry.summary, entry.description, ...(entry.highlights || [])].filter(Boolean);
    return h("article", {},
      h("header", {}, h("b", {}, head(entry).filter(Boolean).join(" · ")), h("time", {}, period(entry))),
      texts.length ? h("ul", {}, texts.map((text) => h("li", {}, text))) : null);
  }));
}

function person(basics, extension) {
  const place = basics.location?.city;
  const wish = extension?.intention || {};
  const facts = [basics.phone, basics.email, place, basics.url, ...(basics.profiles || []).map((one) => one.url || one.username),
    ...(wish.positions || []), ...Object.entries(extension?.personal || {}).map(([name, value]) => `${name}：${value}`)];
  return h("section", { class: "read person" }, h("h2", {}, basics.name || "（没有读到姓名）"),
    h("p", {}, basics.label || ""), h("p", { class: "chips" }, facts.filter(Boolean).map((fact) => h("span", {}, String(fact)))),
    basics.summary ? h("p", { class: "prose" }, basics.summary) : null);
}

export function parsed(detail) {
  const resume = detail.optimised || detail.parsed;
  if (!resume) return h("p", { class: "empty" }, "解析完成后显示在这里");
  const meta = detail.parsed?.meta?.x_cn || {};
  const review = (meta.review || []).map((hint) => h("li", {}, hint.message || String(hint)));
  const unplaced = meta.unplaced || [];
  return h("div", { class: "stack" },
    review.length ? h("div", { class: "note warn" }, h("b", {}, "请核对"), h("ul", {}, review)) : null,
    person(resume.basics || {}, resume.x_cn),
    entries("工作经历", resume.work, (job) => [job.name, job.position, job.x_cn?.department]),
    entries("项目经历", resume.projects, (project) => [project.name, ...(project.roles || [])]),
    entries("教育经历", resume.education, (school) => [school.institution, school.area, school.studyType]),
    entries("校园与志愿", resume.volunteer, (role) => [role.organization, role.position]),
    resume.skills?.length ? h("section", { class: "read" }, h("h3", {}, "技能"), resume.skills.map((skill) =>
      h("p", { class: "chips" }, skill.name ? h("b", {}, skill.name) : null, (skill.keywords || []).map((word) => h("span", {}, word))))) : null,
    entries("证书", resume.certificates, (one) => [one.name]), entries("荣誉", resume.awards, (one) => [one.title]),
    unplaced.length ? h("details", { class: "raw" }, h("summary", {}, `没有归类的原文（${unplaced.length} 行）`), h("pre", {}, unplaced.join("\n"))) : null,
    h("details", { class: "raw" }, h("summary", {}, "JSON Resume"), h("pre", {}, JSON.stringify(resume, null, 2))));
}

const wording = (change) => {
  if (change.op === "split") return change.texts.map((text) => h("li", {}, text));
  if (change.op === "drop") return "（删去这一条）";
  if (change.op === "reorder") return `新的次序：${change.order.map((place) => place + 1).join("、")}`;
  return change.text;
};

export function changes(detail) {
  if (!detail.changes.length) return h("div", { class: "stack" }, h("p", { class: "empty" }, "没有改写建议"), again(detail));
  const decisions = new Map();
  const send = h("button", { class: "primary", disabled: true, onclick: acting(() => decide(detail, decisions)) }, "按我的决定重新排版");
  const mark = (change, wish, row) => {
    decisions.set(change.id, wish);
    row.dataset.wish = wish;
    send.disabled = false;
    send.textContent = `按我的 ${decisions.size} 个决定重新排版`;
  };
  return h("div", { class: "stack" },
    h("div", { class: "changes" }, detail.changes.map((change) => {
      const row = h("article", { class: `change ${change.state}` },
        h("header", {}, h("span", { class: `tag ${change.state}` }, CHANGE_STATES[change.state] || change.state),
          h("span", { class: "tag rule" }, RULES[change.rule] || change.rule), h("code", {}, change.path)),
        h("p", { class: "del" }, change.original), h("div", { class: "ins" }, wording(change)),
        h("p", { class: "reason" }, change.state === "blocked" ? `拦截原因：${(change.blocked_because || []).join("；")}` : change.reason),
        change.state === "blocked" ? null : h("footer", {},
          h("button", { class: "small accept", onclick: () => mark(change, "accept", row) }, "采用"),
          h("button", { class: "small reject", onclick: () => mark(change, "reject", row) }, "保留原文")));
      return row;
    })),
    h("div", { class: "sticky" }, send),
    detail.questions.length ? h("div", { class: "note" }, h("b", {}, "补上这些数字会更有说服力"),
      h("ul", {}, detail.questions.map((one) => h("li", {}, one.question)))) : null,
    again(detail));
}

function again(detail) {
  const jd = h("textarea", { rows: 4, maxLength: 8000, placeholder: "换一个职位：贴上新的职位描述" });
  return h("details", { class: "raw" }, h("summary", {}, "针对另一个职位重新改写（消耗积分）"), jd,
    h("button", { class: "primary", onclick: acting(async () => {
      await call("POST", `/resume/${detail.resume_id}/optimise`, jd.value.trim() ? { jd: jd.value } : {});
      toast("开始重新改写，模板与版式保持不变");
      await open(detail.resume_id);
    }) }, "重新改写"));
}

async function decide(detail, decisions) {
  const of = (wish) => [...decisions].filter(([, chosen]) => chosen === wish).map(([id]) => id);
  await call("POST", `/resume/${detail.resume_id}/changes`, { accept: of("accept"), reject: of("reject") });
  toast("已提交，正在重新排版");
  await open(detail.resume_id);
}

const NAMES = { contact: "联系方式", results: "成果", verbs: "动词", length: "篇幅", structure: "结构", dates: "日期", skills: "技能" };

function meter(label, points, of) {
  return h("div", { class: "meter" }, h("span", {}, label), h("progress", { max: of, value: points }), h("b", {}, `${points}/${of}`));
}

export function score(detail) {
  if (!detail.score) return h("p", { class: "empty" }, "改写完成后给出评分");
  const words = (list) => h("p", { class: "chips" }, list.map((one) => h("span", { title: one.evidence?.text || one.advice || "" }, one.keyword)));
  return h("div", { class: "stack" },
    h("div", { class: "scores" },
      h("div", { class: "score" }, h("b", {}, String(detail.score.score)), h("span", {}, "简历质量")),
      detail.match ? h("div", { class: "score" }, h("b", {}, detail.match.score === null ? "–" : String(detail.match.score)), h("span", {}, "职位匹配")) : null),
    h("div", {}, detail.score.parts.map((part) => meter(NAMES[part.name] || part.name, part.points, part.of))),
    detail.score.suggestions.length ? h("div", { class: "note" }, h("b", {}, "可以改进"),
      h("ul", {}, detail.score.suggestions.map((one) => h("li", {}, one.message)))) : null,
    detail.match ? h("section", {}, h("h3", {}, `已体现（${detail.match.matched.length}）`), words(detail.match.matched),
      h("h3", {}, `还缺（${detail.match.missing.length}）`), words(detail.match.missing)) : h("p", { class: "hint" }, "上传时贴上职位描述，就有匹配分。"));
}

export const nothing = () => fill(h("div", { class: "empty large" }), h("p", {}, "从左边上传一份简历，或打开已有的一份。"));
