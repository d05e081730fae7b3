MIME = ""
Page = page = None
