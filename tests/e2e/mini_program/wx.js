/**
 * A small `wx` object: what the mini-program's own API does over HTTP, for code written for a phone.
 *
 * As on a phone: `success` fires for any HTTP status, only the network makes a request fail; `wx.uploadFile` hands its answer
 * over as text; `wx.downloadFile` follows redirects and does not take the session to another host; every call ends with `complete`.
 * What a user would tap (allow, pay, choose a file) is played by the fakes' control routes and by `phone`.
 */

const { mkdtempSync, readFileSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { basename, extname, join } = require('node:path')

/** Hosts that the snippets name, which a real program lists as its request, upload and download domains. */
const OWN_HOSTS = ['api.example.com', 'example.com']

class Phone {
  /**
   * @param {{api: string, fakes: Object<string, string>, user: string, till: string}} world addresses, and who holds the phone
   * @param {{file?: string, pays?: boolean, profile?: object}} hand what the user chooses when asked
   */
  constructor(world, hand = {}) {
    this.world = world
    this.hand = { pays: true, ...hand }
    this.session = null
    this.calls = []
    this.running = []
    this.folder = mkdtempSync(join(tmpdir(), 'phone-'))
  }

  /** Wait until every call, and every call that one of them began, is over. */
  async settled() {
    for (let seen = -1; seen !== this.running.length; ) {
      seen = this.running.length
      await Promise.all(this.running)
    }
  }

  /** The result of the newest call of this name: `{ok: true, res}` or `{ok: false, err}`. */
  last(name) {
    return this.calls.findLast((call) => call.name === name)
  }

  begin(name, options, work) {
    const call = { name }
    this.calls.push(call)
    this.running.push(
      work()
        .then((res) => ({ ok: true, res: { ...res, errMsg: `${name}:ok` } }))
        .catch((err) => ({ ok: false, err: { errMsg: `${name}:fail ${err.message}` } }))
        .then((end) => {
          Object.assign(call, end)
          if (end.ok) options.success?.(end.res)
          else options.fail?.(end.err)
          options.complete?.(end.res ?? end.err)
        }),
    )
  }

  /** Where a listed domain is: this is the only place that knows that the back end runs on this machine. */
  locate(url) {
    const { host, pathname, search } = new URL(url)
    return OWN_HOSTS.includes(host) ? this.world.api + pathname + search : url
  }

  /** What every page of the program sends: the session that the answer to wx.login gave. */
  headers(url, given = {}) {
    const isOwn = this.locate(url).startsWith(this.world.api)
    return { ...(this.session && isOwn ? { Authorization: `Bearer ${this.session}` } : {}), ...given }
  }

  async control(vendor, path, content) {
    const reply = await fetch(`${this.world.fakes[vendor]}/__fake__/${path}`, { method: 'POST', body: JSON.stringify(content) })
    if (!reply.ok) throw new Error(await reply.text())
    return reply.json()
  }
}

/** @returns the object that a page of the mini-program knows as `wx` */
function makeWx(phone) {
  return {
    login: (options) => phone.begin('login', options, () => phone.control('wechat', 'login_code', { user: phone.world.user })),

    getUserProfile: (options) =>
      phone.begin('getUserProfile', options, () => {
        if (!options.desc) throw new Error('desc must not be empty')
        return phone.control('wechat', 'user_profile', { user: phone.world.user, profile: phone.hand.profile })
      }),

    request: (options) => phone.begin('request', options, () => request(phone, options)),

    requestPayment: (options) =>
      phone.begin('requestPayment', options, async () => {
        if (!phone.hand.pays) throw new Error('cancel')
        const { timeStamp, nonceStr, package: order, signType, paySign } = options
        const payment = { timeStamp, nonceStr, package: order, signType, paySign }
        await phone.control(phone.world.till, 'pay', { payment })
        return {}
      }),

    chooseMessageFile: (options) =>
      phone.begin('chooseMessageFile', options, async () => {
        const { file } = phone.hand
        if (!file) throw new Error('cancel')
        if (options.extension && !options.extension.includes(extname(file).slice(1))) throw new Error('no such file')
        const size = readFileSync(file).length
        return { tempFiles: [{ path: file, name: basename(file), size, type: 'file', time: Date.now() }] }
      }),

    uploadFile: (options) =>
      phone.begin('uploadFile', options, async () => {
        const form = new FormData()
        for (const [name, value] of Object.entries(options.formData ?? {})) form.set(name, String(value))
        form.set(options.name, new Blob([readFileSync(options.filePath)]), basename(options.filePath))
        const url = phone.locate(options.url)
        const reply = await fetch(url, { method: 'POST', headers: phone.headers(options.url, options.header), body: form })
        return { statusCode: reply.status, data: await reply.text() }
      }),

    downloadFile: (options) =>
      phone.begin('downloadFile', options, async () => {
        const reply = await fetch(phone.locate(options.url), { headers: phone.headers(options.url, options.header) })
        const tempFilePath = join(phone.folder, basename(new URL(options.url).pathname))
        writeFileSync(tempFilePath, Buffer.from(await reply.arrayBuffer()))
        return { statusCode: reply.status, tempFilePath }
      }),

    openDocument: (options) =>
      phone.begin('openDocument', options, async () => {
        const head = readFileSync(options.filePath).subarray(0, 5).toString('latin1')
        if (head !== '%PDF-') throw new Error('file type not supported')
        return {}
      }),

    requestSubscribeMessage: (options) =>
      phone.begin('requestSubscribeMessage', options, async () => {
        const results = {}
        for (const template_id of options.tmplIds) {
          await phone.control('wechat', 'accept', { user: phone.world.user, template_id })
          results[template_id] = 'accept'
        }
        return results
      }),

    /** The phone's own affair: no server has a part in it. */
    showShareMenu: (options) =>
      phone.begin('showShareMenu', options, async () => {
        const unknown = options.menus.filter((menu) => !['shareAppMessage', 'shareTimeline'].includes(menu))
        if (unknown.length) throw new Error(`invalid menus ${unknown}`)
        return {}
      }),
  }
}

async function request(phone, { url, method = 'GET', data, header }) {
  const isRead = method === 'GET'
  const target = new URL(phone.locate(url))
  if (isRead) for (const [name, value] of Object.entries(data ?? {})) target.searchParams.set(name, value)
  const reply = await fetch(target, {
    method,
    headers: phone.headers(url, { 'content-type': 'application/json', ...header }),
    body: isRead || data === undefined ? undefined : JSON.stringify(data),
  })
  const text = await reply.text()
  return { statusCode: reply.status, data: parsed(text), header: Object.fromEntries(reply.headers) }
}

/** wx.request hands JSON over as an object, and everything else as the text it is. */
function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

module.exports = { Phone, makeWx }
