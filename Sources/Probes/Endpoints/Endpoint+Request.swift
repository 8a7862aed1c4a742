internal import Wire

extension Endpoint {
  /// What all kinds that speak HTTP have in common.
  var request: Request {
    var request = Request(url: target)
    request.method = method
    request.headers = headers
    request.body = body
    request.authorization = authorization
    request.timeout = timeout
    request.bodyLimit = bodyLimit
    request.redirects = redirects
    request.tls = rootedTLS
    request.family = family
    request.version = version
    request.resolve = resolve
    request.proxy = proxy
    request.noProxy = noProxy
    request.confidential = confidential
    return request
  }
}

extension Endpoint {
  /// With paths that are absolute where the folder is known.
  var rootedTLS: Request.TLS {
    var rooted = tls
    rooted.ca = tls.ca.map(detail.path)
    rooted.certificate = tls.certificate.map(detail.path)
    rooted.key = tls.key.map(detail.path)
    return rooted
  }
}

extension Request {
  /// Unless the endpoint sets it.
  mutating func addHeader(_ name: String, _ value: String) {
    guard !hasHeader(name) else { return }
    headers.append(Header(name, value))
  }
}
