/**
 * The whole journey with the snippets of the mini-program as they are: node journey.js < world.json
 *
 * world.json: {api, fakes, user, till, file, template_id}. Prints what each step saw as one JSON object; a step that goes wrong
 * throws, and the exit code is 1. A snippet whose example values stand for real ones (the payment, the number in the
 * download address) runs twice: as written, where it has to fail the way a phone shows it, and with what the server gave.
 */

const assert = require('node:assert/strict')
const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const vm = require('node:vm')
const { Phone, makeWx } = require('./wx.js')

const world = JSON.parse(readFileSync(0, 'utf8'))
const API = 'https://api.example.com'

/** Run a snippet on a phone, with example values replaced, until everything that it began is over. */
async function run(phone, name, values = {}) {
  let source = readFileSync(join(__dirname, 'snippets', `${name}.js`), 'utf8')
  for (const [example, value] of Object.entries(values)) {
    assert.ok(source.includes(example), `${name}.js has no ${example}`)
    source = source.replaceAll(example, value)
  }
  vm.runInNewContext(source, { wx: makeWx(phone), console: { log() {}, error() {} }, JSON })
  await phone.settled()
}

/** A request of a page's own code; resolves with the answer. */
async function ask(phone, method, path, data) {
  makeWx(phone).request({ url: API + path, method, data })
  await phone.settled()
  const { ok, res, err } = phone.last('request')
  assert.ok(ok, err?.errMsg)
  return res
}

async function logIn(phone) {
  await run(phone, 'login')
  const { statusCode, data } = phone.last('request').res
  assert.equal(statusCode, 200)
  phone.session = data.token
  return data.user
}

async function fillInProfile(phone) {
  await run(phone, 'get_user_profile')
  const { statusCode, data } = phone.last('request').res
  assert.equal(statusCode, 200, JSON.stringify(data))
  return data
}

async function payAsWritten(phone) {
  await run(phone, 'request_payment')
  return phone.last('requestPayment').ok
}

async function topUp(phone) {
  const [product] = (await ask(phone, 'GET', '/pay/products')).data.products
  const order = (await ask(phone, 'POST', '/pay/prepay', { product_id: product.id })).data
  await run(phone, 'request_payment', {
    1619775140: order.payment.timeStamp,
    a1b2c3d4e5: order.payment.nonceStr,
    'prepay_id=wx123456789': order.payment.package,
    "'MD5'": `'${order.payment.signType}'`,
    paySignFromServer: order.payment.paySign,
  })
  assert.ok(phone.last('requestPayment').ok, phone.last('requestPayment').err?.errMsg)
  return (await ask(phone, 'GET', `/pay/orders/${order.order_id}`)).data
}

async function upload(phone) {
  makeWx(phone).requestSubscribeMessage({ tmplIds: [world.template_id] })
  await run(phone, 'upload')
  const { statusCode, data } = phone.last('uploadFile').res
  assert.equal(statusCode, 201, data)
  return JSON.parse(data).resume_id
}

async function waitFor(phone, id) {
  for (const until = Date.now() + 90_000; Date.now() < until; ) {
    const resume = (await ask(phone, 'GET', `/resume/${id}`)).data
    if (['ready', 'failed'].includes(resume.state)) return resume
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('the resume did not get ready')
}

async function download(phone, id) {
  await run(phone, 'download', { 123: id })
  const { statusCode, tempFilePath } = phone.last('downloadFile').res
  assert.ok(phone.last('openDocument').ok, phone.last('openDocument').err?.errMsg)
  return { statusCode, size: readFileSync(tempFilePath).length }
}

async function downloadAsWritten(phone) {
  await run(phone, 'download')
  return { statusCode: phone.last('downloadFile').res.statusCode, opens: phone.last('openDocument').ok }
}

async function share(phone, id) {
  await run(phone, 'share_menu')
  const { statusCode, data } = await ask(phone, 'POST', '/share', { resume_id: id })
  assert.equal(statusCode, 201, JSON.stringify(data))
  const friend = new Phone({ ...world, user: `${world.user} friend` })
  const opened = await ask(friend, 'GET', `/share/${data.token}`)
  const withdrawn = await ask(phone, 'DELETE', `/share/${data.token}`)
  const gone = await ask(friend, 'GET', `/share/${data.token}`)
  return { menu: phone.last('showShareMenu').ok, opened, withdrawn: withdrawn.statusCode, gone: gone.statusCode }
}

async function main() {
  const phone = new Phone(world, { file: world.file, profile: { nickName: '晓舟', gender: 0, avatarUrl: '' } })
  const user = await logIn(phone)
  const profile = await fillInProfile(phone)
  const paidAsWritten = await payAsWritten(phone)
  const order = await topUp(phone)
  const downloadedAsWritten = await downloadAsWritten(phone)
  const id = await upload(phone)
  const resume = await waitFor(phone, id)
  const file = resume.state === 'ready' ? await download(phone, id) : null
  const shared = await share(phone, id)
  return { user, profile, paidAsWritten, order, downloadedAsWritten, resume, file, shared }
}

main().then(
  (seen) => console.log(JSON.stringify(seen)),
  (error) => {
    console.error(error)
    process.exitCode = 1
  },
)
