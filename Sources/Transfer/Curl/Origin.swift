internal import CTransfer

/// Where a URL leads: what it says before its path.
struct Origin: Hashable {
  var scheme: String
  /// As connections name it: lower case, IPv6 in brackets.
  var host: String
  var port: String

  /// `127.0.0.1:8080`; also the name under which ``Admission`` counts.
  var authority: String { "\(host):\(port)" }
}

/// A URL taken apart by libcurl's own parser, so that what is checked is what is fetched.
struct WebAddress {
  let origin: Origin
  /// ``Origin/authority``, made once.
  let authority: String
  /// Without user and password.
  let shown: String
  /// Whether it says a user or a password.
  let hasUser: Bool

  enum Mistake: Error, Equatable {
    /// Text of libcurl's, about the URL and without a piece of it.
    case unreadable(String)
    case scheme(String)
  }

  init(_ url: String) throws(Mistake) {
    guard let handle = curl_url() else { throw .unreadable("out of memory") }
    defer { curl_url_cleanup(handle) }
    let code = curl_url_set(handle, CURLUPART_URL, url, UInt32(CURLU_NON_SUPPORT_SCHEME))
    guard code == CURLUE_OK else {
      throw .unreadable(
        url.contains("://") ? String(cString: curl_url_strerror(code)) : "no http:// before it")
    }
    func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String {
      var text: UnsafeMutablePointer<CChar>?
      guard curl_url_get(handle, part, &text, UInt32(flags)) == CURLUE_OK, let text else { return "" }
      defer { curl_free(text) }
      return String(cString: text)
    }
    let scheme = part(CURLUPART_SCHEME).lowercased()
    guard scheme == "http" || scheme == "https" else { throw .scheme(scheme) }
    origin = Origin(
      scheme: scheme, host: part(CURLUPART_HOST).lowercased(), port: part(CURLUPART_PORT, CURLU_DEFAULT_PORT))
    authority = origin.authority
    hasUser = !part(CURLUPART_USER).isEmpty || !part(CURLUPART_PASSWORD).isEmpty
    curl_url_set(handle, CURLUPART_USER, nil, 0)
    curl_url_set(handle, CURLUPART_PASSWORD, nil, 0)
    shown = part(CURLUPART_URL)
  }

  /// Where `location` leads from `base`, which it may be relative to (RFC 3986, section 5); nil when it is no URL.
  static func resolving(_ location: String, from base: String) -> String? {
    guard let handle = curl_url() else { return nil }
    defer { curl_url_cleanup(handle) }
    let flags = UInt32(CURLU_NON_SUPPORT_SCHEME) | UInt32(CURLU_URLENCODE)
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_set(handle, CURLUPART_URL, base, flags) == CURLUE_OK,
      curl_url_set(handle, CURLUPART_URL, location, flags) == CURLUE_OK,
      curl_url_get(handle, CURLUPART_URL, &text, 0) == CURLUE_OK, let text
    else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }

  /// `url` with another host in it; nil when it cannot be taken apart.
  static func replacingHost(of url: String, by host: String) -> String? {
    guard let handle = curl_url() else { return nil }
    defer { curl_url_cleanup(handle) }
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK,
      curl_url_set(handle, CURLUPART_HOST, host, 0) == CURLUE_OK,
      curl_url_get(handle, CURLUPART_URL, &text, 0) == CURLUE_OK, let text
    else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}
