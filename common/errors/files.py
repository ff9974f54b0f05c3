"""An upload that cannot be used, and why."""

from common.errors.callers import CallerError


class FileRefused(CallerError):
    code = "file_refused"
    status = 422
    message = "这个文件无法使用，请换一个文件"


class FileEmpty(FileRefused):
    code = "file_empty"
    message = "文件是空的（0 字节），请重新选择文件"


class FileTooLarge(FileRefused):
    code = "file_too_large"
    status = 413
    message = "文件太大，请压缩后再上传"


class FileTypeUnsupported(FileRefused):
    code = "file_type_unsupported"
    status = 415
    message = "不支持这种文件，请上传 PDF、Word（.doc、.docx）或清晰的图片"


class FileTypeMismatch(FileTypeUnsupported):
    code = "file_type_mismatch"
    message = "文件内容与扩展名不符，不是可以读取的简历，请用 Word 或 WPS 打开后另存为 PDF 再上传"


class PictureUnsupported(FileTypeUnsupported):
    code = "picture_unsupported"
    message = "不支持这种图片，请换一张 JPG、PNG 或 WebP 图片"


class FileEncrypted(FileRefused):
    code = "file_encrypted"
    message = "文件设有密码，请去掉密码后重新上传"


class FileDamaged(FileRefused):
    code = "file_damaged"
    message = "文件已损坏，无法打开，请重新导出后上传"


class FileTooComplex(FileRefused):
    """Reading it broke the limits of time or memory, or the reader itself."""

    code = "file_too_complex"
    message = "文件内部结构异常，无法安全读取，请用 Word 或 WPS 打开后另存为 PDF 再上传"


class FileHasNoPages(FileRefused):
    code = "file_has_no_pages"
    message = "文件里没有任何页面，请重新导出后上传"


class FileHasTooManyPages(FileRefused):
    code = "file_has_too_many_pages"
    message = "页数太多，请只上传简历部分"


class NoTextFound(FileRefused):
    code = "no_text_found"
    message = "没有在文件里找到文字，请上传更清晰的文件"


class TextIllegible(NoTextFound):
    code = "text_illegible"
    message = "图片太小或太模糊，文字看不清，请重新拍摄，或上传 PDF、Word 文件"


class UploadMissing(FileRefused):
    code = "upload_missing"
    status = 409
    message = "还没有收到上传的文件，请重新上传"
