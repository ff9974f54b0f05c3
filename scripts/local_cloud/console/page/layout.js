// Layout: every template with its options, the result as pictures and as a web page, and the downloads.

import { call, download } from "./api.js";
import { acting, field, fill, h, segmented, toast } from "./dom.js";
import { open } from "./resumes.js";

const DENSITIES = { loose: "宽松", normal: "适中", compact: "紧凑" };
const TYPEFACES = { sans: "黑体", serif: "宋体" };
const SECTIONS = {
  summary: "自我评价", work: "工作", education: "教育", projects: "项目", volunteer: "校园/志愿", skills: "技能", certificates: "证书",
  languages: "语言", awards: "荣誉", publications: "论文", interests: "兴趣", references: "推荐人", other: "其他",
};
const FORMS = [["pdf", "PDF"], ["docx", "Word"], ["png", "PNG"], ["html", "网页"], ["json", "JSON"]];

let shelf = null;
let shown = null;
let urls = [];

async function templates() {
  if (!shelf) {
    const listed = (await call("GET", "/templates")).templates;
    shelf = await Promise.all(listed.map((one) => call("GET", `/templates/${one.name}`)));
  }
  return shelf;
}

export function layout(detail) {
  const node = h("div", { class: "stack" }, h("p", { class: "hint" }, "正在取模板…"));
  templates().then((all) => draw(node, detail, all)).catch((error) => toast(error.message, "error"));
  return node;
}

function draw(node, detail, all) {
  const wish = { template: detail.template, options: structuredClone(detail.options) };
  const form = h("div", { class: "options" });
  const gallery = h("div", { class: "gallery" });
  const pick = (name) => {
    if (name !== wish.template) wish.options = {};
    wish.template = name;
    for (const card of gallery.children) card.classList.toggle("on", card.dataset.name === name);
    drawOptions(form, all.find((one) => one.name === name), wish);
  };
  fill(gallery, all.map((one) => h("button", { type: "button", class: "template", "data-name": one.name, title: one.about, onclick: () => pick(one.name) },
    h("img", { src: one.preview, alt: `${one.title} 模板` }), h("b", {}, one.title), h("small", {}, one.about))));
  pick(wish.template);
  const render = h("button", { class: "primary", onclick: acting(async () => {
    await call("POST", `/resume/${detail.resume_id}/render`, wish);
    toast("正在重新排版（免费）");
    await open(detail.resume_id);
  }) }, "按这个版式排版");
  fill(node, gallery, form, h("div", { class: "sticky" }, render), preview(detail));
}

function drawOptions(form, template, wish) {
  const own = template.options;
  const set = (name, value, usual) => {
    if (value === usual) delete wish.options[name];
    else wish.options[name] = value;
  };
  const named = (values, names) => values.map((value) => [value, names[value] || value]);
  const accent = wish.options.accent || own.accent;
  const colour = h("input", { type: "color", value: accent, "aria-label": "自选颜色", onchange: () => { set("accent", colour.value, own.accent); swatch(colour.value); } });
  const swatches = h("div", { class: "swatches" });
  const swatch = (current) => fill(swatches, own.accents.map((one) => h("button", {
    type: "button", class: one === current ? "swatch on" : "swatch", style: { background: one }, title: one, "aria-label": `主题色 ${one}`,
    onclick: () => { set("accent", one, own.accent); colour.value = one; swatch(one); },
  })), colour);
  swatch(accent);
  const check = (label, name, usual, on, off) => {
    const box = h("input", { type: "checkbox", checked: (wish.options[name] ?? usual) === on, onchange: () => set(name, box.checked ? on : off, usual) });
    return h("label", { class: "check" }, box, label);
  };
  const faces = own.typefaces.length > 1 || wish.options.typeface ? own.typefaces : ["sans", "serif"];
  fill(form,
    field("主题色", swatches),
    field("疏密", segmented("疏密", named(own.densities, DENSITIES), wish.options.density || own.density, (value) => set("density", value, own.density))),
    field("字体", segmented("字体", named(faces, TYPEFACES), wish.options.typeface || own.typeface, (value) => set("typeface", value, own.typeface))),
    field("页面", check("压成一页", "fit", own.fit, "one_page", "free"), check("显示照片", "photo", own.photo, true, false)),
    field("不显示", h("div", { class: "chips pick" }, own.sections.map((kind) => {
      const chip = h("button", { type: "button", class: (wish.options.hidden || []).includes(kind) ? "on" : "", onclick: () => {
        const hidden = new Set(wish.options.hidden || []);
        hidden.has(kind) ? hidden.delete(kind) : hidden.add(kind);
        chip.classList.toggle("on", hidden.has(kind));
        hidden.size ? (wish.options.hidden = [...hidden]) : delete wish.options.hidden;
      } }, SECTIONS[kind] || kind);
      return chip;
    }))));
}

// The page for browsers runs in a frame without any right: no script, no form, no window, no origin.
function preview(detail) {
  if (detail.state !== "ready") return h("p", { class: "empty" }, detail.state === "failed" ? "没有可以预览的结果" : "排版完成后显示预览");
  const version = `${detail.resume_id}/${detail.revision}`;
  const pictures = h("div", { class: "pages" });
  const frame = h("iframe", { sandbox: "", title: "网页预览", referrerPolicy: "no-referrer" });
  if (version !== shown) {
    urls.forEach((url) => URL.revokeObjectURL(url));
    urls = [];
    shown = version;
  }
  Promise.all(detail.previews.map(download)).then((pages) => {
    fill(pictures, pages.map((page, index) => {
      const url = URL.createObjectURL(page);
      urls.push(url);
      return h("img", { src: url, alt: `第 ${index + 1} 页` });
    }));
  }).catch((error) => toast(error.message, "error"));
  download(`${detail.resume_id}.html`).then((page) => page.text()).then((text) => { frame.srcdoc = text; }).catch((error) => toast(error.message, "error"));
  const fit = new ResizeObserver(() => {
    const scale = frame.parentElement.clientWidth / 840;
    frame.style.transform = `scale(${scale})`;
    frame.parentElement.style.height = `${1190 * scale}px`;
  });
  const holder = h("div", { class: "frame" }, frame);
  fit.observe(holder);
  return h("div", { class: "stack" },
    h("div", { class: "downloads" }, FORMS.map(([ending, label]) => h("button", { class: "small", onclick: acting(() => save(detail, ending)) }, `下载 ${label}`))),
    h("div", { class: "sidebyside" },
      h("figure", {}, h("figcaption", {}, `图片预览（${detail.previews.length} 页，由 PDF 生成）`), pictures),
      h("figure", {}, h("figcaption", {}, "网页预览（与 PDF 同一份 HTML，隔离运行）"), holder)));
}

async function save(detail, ending) {
  const url = URL.createObjectURL(await download(`${detail.resume_id}.${ending}`));
  const link = h("a", { href: url, download: `${detail.title || "简历"}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
