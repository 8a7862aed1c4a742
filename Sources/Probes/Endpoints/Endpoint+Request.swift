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
    request.tls = tls
    request.family = family
    request.version = version
    request.resolve = resolve
    request.proxy = proxy
    return request
  }
}

extension Request {
  /// Unless the endpoint sets it.
  mutating func addHeader(_ name: String, _ value: String) {
    guard !headers.contains(where: { $0.name.lowercased() == name.lowercased() }) else { return }
    headers.append(Header(name, value))
  }
}
