wx.downloadFile({
  url: 'https://example.com/resume/download/123.pdf',
  success(res) {
    const filePath = res.tempFilePath
    wx.openDocument({
      filePath: filePath,
      showMenu: true,
      success() {
        console.log('打开文档成功')
      }
    })
  }
})
