import Testing
import Values
import Wire

@testable import Transfer

struct JourneyTests {
  struct Step: Sendable, CustomTestStringConvertible {
    let status: Int
    let method: String
    let location: String
    let asks: String
    let at: String
    var testDescription: String { "\(status) after \(method) to \(location)" }
  }

  /// RFC 9110, section 15.4, and RFC 3986, section 5.
  @Test(arguments: [
    Step(status: 301, method: "GET", location: "/b", asks: "GET", at: "http://h:81/b"),
    Step(status: 302, method: "POST", location: "b?c=1", asks: "GET", at: "http://h:81/a/b?c=1"),
    Step(status: 303, method: "PUT", location: "//i/b", asks: "GET", at: "http://i/b"),
    Step(status: 303, method: "HEAD", location: "../b", asks: "HEAD", at: "http://h:81/b"),
    Step(status: 307, method: "POST", location: "?d", asks: "POST", at: "http://h:81/a/x?d"),
    Step(status: 308, method: "PUT", location: "https://h:81/", asks: "PUT", at: "https://h:81/"),
  ])
  func leads(_ step: Step) throws {
    var request = Request(url: "http://h:81/a/x")
    request.method = step.method
    request.body = step.method == "POST" || step.method == "PUT" ? [1] : nil
    var journey = Journey(request, host: "h:81")
    let response = Response(status: step.status, headers: [Header("location", step.location)])
    let next = try #require(
      try journey.next(after: response, of: request, at: try WebAddress(request.url)))
    #expect(next.request.method == step.asks && next.request.url == step.at)
    #expect((next.request.body != nil) == (step.asks == "POST" || step.asks == "PUT"))
    #expect(journey.redirects == 1)
  }

  /// A key in a header of one's own is as secret as a password.
  @Test func whatWasMeantForOneServerIsForNoOther() throws {
    var request = Request(url: "https://h/a")
    request.headers = [Header("X-Key", "k"), Header("Accept", "text/plain"), Header("Host", "i")]
    request.authorization = .bearer(Secret("t"))
    request.tls.certificate = "me.pem"
    request.tls.key = "me.key"
    let address = try WebAddress(request.url)
    func next(_ location: String) throws -> Request? {
      var journey = Journey(request, host: "h:443")
      let response = Response(status: 302, headers: [Header("Location", location)])
      return try journey.next(after: response, of: request, at: address)?.request
    }
    let home = try #require(try next("/b"))
    #expect(home.headers == request.headers && home.authorization != nil && home.tls.key == "me.key")
    for elsewhere in ["https://i/", "http://h/", "https://h:444/"] {
      let away = try #require(try next(elsewhere))
      #expect(away.headers == [Header("Accept", "text/plain")])
      #expect(away.authorization == nil && away.tls.certificate == nil && away.tls.key == nil)
    }
  }

  @Test func whatIsNoRedirectIsTheAnswer() throws {
    let request = Request(url: "http://h/")
    let address = try WebAddress(request.url)
    var journey = Journey(request, host: "h:80")
    for response in [
      Response(status: 200, headers: [Header("Location", "/b")]), Response(status: 302),
      Response(status: 304, headers: [Header("Location", "/b")]),
    ] {
      #expect(try journey.next(after: response, of: request, at: address) == nil)
    }
    var still = request
    still.redirects = 0
    journey = Journey(still, host: "h:80")
    let response = Response(status: 302, headers: [Header("Location", "/b")])
    #expect(try journey.next(after: response, of: still, at: address) == nil)
  }

  @Test func timeGoesOnFromHopToHop() throws {
    var request = Request(url: "http://h/")
    request.timeout = .seconds(2)
    request.redirects = 2
    var journey = Journey(request, host: "h:80")
    var response = Response(status: 302, headers: [Header("Location", "/b")])
    response.phases.total = 0.5
    response.phases.connect = 0.25
    let address = try WebAddress(request.url)
    let first = try #require(try journey.next(after: response, of: request, at: address))
    #expect(first.request.timeout == .milliseconds(1500))
    let second = try #require(try journey.next(after: response, of: first.request, at: first.address))
    #expect(second.request.timeout == .seconds(1))
    #expect(throws: Failure.self) {
      try journey.next(after: response, of: second.request, at: second.address)
    }
    guard case .success(let whole) = journey.whole(.success(response)) else { return }
    #expect(whole.redirects == 2 && whole.phases.connect == 1 && whole.phases.total == 2)
  }
}
