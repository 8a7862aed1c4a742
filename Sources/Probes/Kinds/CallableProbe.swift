internal import JSON
internal import Values
internal import Wire

/// `callable:` – a function behind Firebase's callable protocol: `{"data": …}` is posted, and only an answer with
/// `result` is a success, be it null.
///
/// The protocol is described in Firebase's "Protocol specification for https.onCall".
enum CallableProbe: Probe {
  static func plan(_ endpoint: Endpoint) -> Plan {
    var request = endpoint.request
    request.method = "POST"
    request.body = Array("{\"data\":\(endpoint.detail.data ?? "null")}".utf8)
    request.freshConnection = true
    request.addHeader("Content-Type", "application/json")
    request.addHeader("Accept", "application/json")
    return .http(request)
  }

  static func judge(
    _ outcome: Outcome, of endpoint: Endpoint, at: Instant, with memory: inout ProbeMemory
  ) -> Observation {
    var judgement = Judgement(outcome, of: endpoint, at: at)
    guard let response = judgement.answer?.response else { return judgement.observation(with: &memory) }
    let type = response.header("Content-Type")
    guard type.map(isJSON) ?? false else {
      let found = type.map(Shown.quoted) ?? "missing"
      judgement.fail("the Content-Type of the answer is \(found), expected application/json")
      return judgement.observation(with: &memory)
    }
    switch judgement.readDocument() {
    case .success(let document):
      // What the function says of itself tells more than the status that goes with it.
      if let error = document["error"], error != .null {
        judgement.explain(reason(of: error, status: response.status))
      } else if document["result"] == nil {
        judgement.fail("the answer has neither result nor error")
      }
    case .failure(let mistake): judgement.fail(mistake.reason)
    case nil: break
    }
    return judgement.observation(with: &memory)
  }

  private static func isJSON(_ type: String) -> Bool {
    type.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" } == "application/json"
  }

  /// `the function says UNAUTHENTICATED: "Sign in first." (status 401)`.
  private static func reason(of error: JSONValue, status: Int) -> String {
    let name = error["status"]?.string.map { Inert.terminal(String($0.prefix(Shown.limit))) }
    let message = error["message"]?.string.map(Shown.quoted)
    let said = [name, message].compactMap { $0 }
    let text = said.isEmpty ? "\(error.shown) as its error" : said.joined(separator: ": ")
    return "the function says \(text) (status \(status))"
  }
}
