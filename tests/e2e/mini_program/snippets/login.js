wx.login({
  success(res) {
    if (res.code) {
      // 将code发送到后端服务器
      wx.request({
        url: 'https://api.example.com/auth/login',
        method: 'POST',
        data: { code: res.code },
        success(result) {
          // 处理登录结果
        }
      })
    } else {
      console.error('登录失败: ' + res.errMsg)
    }
  }
})
