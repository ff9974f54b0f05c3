// Elements are built, never parsed: whatever a resume, a model or a log says is text here.

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "style") Object.assign(node.style, value);
    else if (name in node) node[name] = value;
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter(Boolean));
  return node;
}

export function toast(message, kind = "info") {
  const note = h("div", { class: `toast ${kind}` }, message);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), kind === "error" ? 7000 : 3500);
}

// Run an action of a button: it is off meanwhile, and what the API refuses is shown in its own Chinese words.
export function acting(action) {
  return async (event) => {
    const button = event?.currentTarget;
    if (button) button.disabled = true;
    try {
      await action(event);
    } catch (error) {
      if (error.name !== "AbortError") toast(error.message || String(error), "error");
    } finally {
      if (button) button.disabled = false;
    }
  };
}

export function segmented(label, options, chosen, onpick) {
  const group = h("div", { class: "segmented", role: "group", "aria-label": label });
  const draw = (current) =>
    fill(
      group,
      options.map(([value, text]) =>
        h("button", {
          type: "button",
          class: value === current ? "on" : "",
          "aria-pressed": String(value === current),
          onclick: () => {
            draw(value);
            onpick(value);
          },
        }, text)
      )
    );
  draw(chosen);
  return group;
}

export function field(label, ...controls) {
  return h("div", { class: "field" }, h("span", { class: "fieldname" }, label), ...controls);
}

export const time = (text) => (text ? new Date(text).toLocaleTimeString("zh-CN", { hour12: false }) : "");
