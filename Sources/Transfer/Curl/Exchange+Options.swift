internal import CTransfer
internal import Values
internal import Wire

/// A request as options of libcurl.
extension Exchange {
  func configure(userAgent: String) throws(Failure) {
    if let mistake = Self.mistake(in: request) { throw Failure(.other, reason: mistake) }
    var options = Options(handle: handle)
    let route = Route(request, origin: origin)
    options.set(CURLOPT_URL, route.url)
    options.set(CURLOPT_NOSIGNAL, 1)
    // A resolver that hangs is left behind: waiting for it would hold up every other transfer.
    options.set(CURLOPT_QUICK_EXIT, 1)
    options.set(CURLOPT_PROTOCOLS_STR, "http,https")
    options.set(CURLOPT_TIMEOUT_MS, max(1, Int(clamping: request.timeout.milliseconds)))
    options.set(CURLOPT_CONNECTTIMEOUT_MS, max(1, Int(clamping: request.timeout.milliseconds)))
    options.set(CURLOPT_USERAGENT, userAgent)
    options.set(CURLOPT_ACCEPT_ENCODING, "")
    options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    options.set(CURLOPT_CERTINFO, 1)
    options.set(CURLOPT_IPRESOLVE, request.family.option)
    options.set(CURLOPT_HTTP_VERSION, request.version.option(isSecure: origin.scheme == "https"))
    // No proxy but the one that is named: what the environment says must not decide what is probed.
    options.set(CURLOPT_PROXY, request.proxy ?? "")
    options.set(CURLOPT_NOPROXY, request.noProxy.joined(separator: ","))
    if request.freshConnection {
      options.set(CURLOPT_FRESH_CONNECT, 1)
      options.set(CURLOPT_FORBID_REUSE, 1)
      options.set(CURLOPT_DNS_CACHE_TIMEOUT, 0)
    }
    setMethod(&options)
    setAuthorization(&options)
    setTLS(&options)
    options.set(CURLOPT_HTTPHEADER, makeList(headerLines(route)))
    if let connect = route.connect { options.set(CURLOPT_CONNECT_TO, makeList([connect])) }
    options.take(attachSinks())
    if options.code != CURLE_OK {
      throw Failure(
        .other, reason: "libcurl refuses the request: \(String(cString: curl_easy_strerror(options.code)))")
    }
  }

  /// What would end up as another header or another request.
  private static func mistake(in request: Request) -> String? {
    guard Header.isToken(request.method) else { return "the method is not one word of letters" }
    for header in request.revealedHeaders {
      guard Header.isToken(header.name) else {
        return "a header's name has characters that HTTP does not allow"
      }
      guard !header.value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else {
        return "the header \(header.name) has a line break or a control character in it"
      }
    }
    return nil
  }

  private func setMethod(_ options: inout Options) {
    switch (request.method, request.revealedBody) {
    case ("HEAD", _): options.set(CURLOPT_NOBODY, 1)
    case ("GET", nil): break
    case ("POST", let body):
      options.set(CURLOPT_POST, 1)
      options.set(body: body ?? [])
    case (let method, let body):
      if let body { options.set(body: body) }
      options.set(CURLOPT_CUSTOMREQUEST, method)
    }
  }

  private func setAuthorization(_ options: inout Options) {
    switch request.authorization {
    case .basic(let user, let password):
      options.take(ctransfer_set_basic(handle, user, password.revealed()))
    case .bearer(let token): options.take(ctransfer_set_bearer(handle, token.revealed()))
    case nil: break
    }
  }

  private func setTLS(_ options: inout Options) {
    let tls = request.tls
    if let ca = tls.ca {
      options.set(CURLOPT_CAINFO, ca)
      // libcurl would go on with what it read for a day, though the file be another by then.
      options.set(CURLOPT_CA_CACHE_TIMEOUT, 0)
    }
    if let certificate = tls.certificate { options.set(CURLOPT_SSLCERT, certificate) }
    if let key = tls.key { options.set(CURLOPT_SSLKEY, key) }
    if !tls.verify {
      options.set(CURLOPT_SSL_VERIFYPEER, 0)
      options.set(CURLOPT_SSL_VERIFYHOST, 0)
    }
  }

  private func headerLines(_ route: Route) -> [String] {
    func isGiven(_ name: String) -> Bool { request.hasHeader(name) }
    var lines = request.revealedHeaders.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    if let host = route.hostHeader, !isGiven("host") { lines.append("Host: \(host)") }
    if request.body != nil || request.confidential.body != nil {
      // libcurl would call any body a form, and would wait for leave to send a long one.
      if !isGiven("content-type") { lines.append("Content-Type:") }
      if !isGiven("expect") { lines.append("Expect:") }
    }
    return lines
  }
}

/// Sets options and remembers the first that libcurl refused.
struct Options {
  let handle: UnsafeMutableRawPointer
  private(set) var code = CURLE_OK

  init(handle: UnsafeMutableRawPointer) {
    self.handle = handle
  }

  mutating func take(_ result: CURLcode) {
    if code == CURLE_OK { code = result }
  }

  mutating func set(_ option: CURLoption, _ value: Int) {
    take(ctransfer_set_long(handle, option, value))
  }

  mutating func set(_ option: CURLoption, _ value: String) {
    take(ctransfer_set_text(handle, option, value))
  }

  mutating func set(_ option: CURLoption, _ list: UnsafeMutablePointer<curl_slist>?) {
    take(ctransfer_set_list(handle, option, list))
  }

  mutating func set(body: [UInt8]) {
    take(ctransfer_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
    take(body.withUnsafeBytes { ctransfer_set_body(handle, $0.baseAddress ?? UnsafeRawPointer(handle)) })
  }
}

extension Request.Family {
  fileprivate var option: Int {
    switch self {
    case .any: Int(CURL_IPRESOLVE_WHATEVER)
    case .v4: Int(CURL_IPRESOLVE_V4)
    case .v6: Int(CURL_IPRESOLVE_V6)
    }
  }
}

extension Request.Version {
  fileprivate func option(isSecure: Bool) -> Int {
    switch self {
    case .any: CURL_HTTP_VERSION_2TLS
    case .http1: CURL_HTTP_VERSION_1_1
    case .http2: isSecure ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE
    }
  }
}
