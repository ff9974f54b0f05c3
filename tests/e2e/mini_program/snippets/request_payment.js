wx.requestPayment({
  timeStamp: '1619775140',
  nonceStr: 'a1b2c3d4e5',
  package: 'prepay_id=wx123456789',
  signType: 'MD5',
  paySign: 'paySignFromServer',
  success(res) {
    // 支付成功
  },
  fail(err) {
    // 支付失败
  }
})
