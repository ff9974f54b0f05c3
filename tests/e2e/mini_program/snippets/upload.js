wx.chooseMessageFile({
  count: 1,
  type: 'file',
  extension: ['pdf', 'doc', 'docx'],
  success(res) {
    const tempFilePath = res.tempFiles[0].path
    wx.uploadFile({
      url: 'https://api.example.com/resume/upload',
      filePath: tempFilePath,
      name: 'resume',
      formData: {
        'userId': 'current-user-id'
      },
      success(uploadRes) {
        const data = JSON.parse(uploadRes.data)
        // 处理上传结果
      }
    })
  }
})
