// The HTTP API, as a mini-program uses it. The session lives in memory: a reload logs in again.

let token = null;

export class Refused extends Error {
  constructor(status, error) {
    super(error?.message || `请求失败（${status}）`);
    this.status = status;
    this.code = error?.code || "unknown";
  }
}

async function ask(method, path, body, headers = {}, signal = undefined) {
  const own = token ? { Authorization: `Bearer ${token}` } : {};
  const isForm = body instanceof FormData;
  const answer = await fetch(path, {
    method,
    signal,
    headers: { ...own, ...(body && !isForm ? { "Content-Type": "application/json" } : {}), ...headers },
    body: body && !isForm ? JSON.stringify(body) : body,
  });
  if (answer.ok) return answer;
  let error = null;
  try {
    error = (await answer.json()).error;
  } catch {
    // No envelope: the status says enough.
  }
  throw new Refused(answer.status, error);
}

export async function call(method, path, body) {
  const text = await (await ask(method, `/api${path}`, body)).text();
  return text ? JSON.parse(text) : null;
}

export const phone = async (vendor, act, body) => {
  const text = await (await ask("POST", `/phone/${vendor}/${act}`, body)).text();
  return text ? JSON.parse(text) : null;
};

export const own = async (path) => (await ask("GET", path)).json();

export async function logIn(user) {
  const { code } = await phone("wechat", "login_code", { user });
  const session = await call("POST", "/auth/login", { code });
  token = session.token;
  return session.user;
}

export function logOut() {
  token = null;
}

export const download = async (file) => (await ask("GET", `/api/resume/download/${file}`)).blob();

// wx.uploadFile straight to the bucket, with the form that the API gave out.
export async function upload(file, wishes) {
  const ticket = await call("POST", "/resume/upload-url", { filename: file.name, size: file.size, ...wishes });
  const form = new FormData();
  for (const [name, value] of Object.entries(ticket.upload.form_data)) form.append(name, value);
  form.append(ticket.upload.name, file);
  await ask("POST", "/bucket", form);
  return ticket.resume_id;
}

// Server-Sent Events of a POST: [name, content] as they come.
export async function* events(path, body, signal) {
  const answer = await ask("POST", `/api${path}`, body, { Accept: "text/event-stream" }, signal);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const found = Object.fromEntries(
        block.split("\n").filter((line) => line && !line.startsWith(":")).map((line) => {
          const cut = line.indexOf(":");
          return [line.slice(0, cut), line.slice(cut + 1).trimStart()];
        })
      );
      if (found.data) yield [found.event, JSON.parse(found.data)];
    }
  }
}
