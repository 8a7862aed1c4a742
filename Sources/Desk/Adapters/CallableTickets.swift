import Incidents
import JSON
import Values

/// `callable:` – functions behind Firebase's callable protocol: `{"data": …}` is posted, and only an answer with
/// `result` is a success. As Firebase's "Protocol specification for https.onCall" has it.
package enum CallableTickets: TicketAdapter {
  package static let name = "callable"

  package static func list(_ place: String?, cursor: String?) -> TicketRequest? {
    guard let place, !place.isEmpty else { return nil }
    let data = JSONValue.members(("cursor", cursor.map { .string($0) }))
    return .http(method: "POST", path: "/\(place)", key: nil, body: body(data))
  }

  package static func request(_ errand: TicketErrand, by call: TicketCall) throws(Refusal) -> TicketRequest {
    .http(
      method: "POST", path: "/\(call.path)", key: errand.values["key"],
      body: body(TicketJSON.object(call.data, errand.values)))
  }

  private static func body(_ data: JSONValue) -> String { JSONValue.members(("data", data)).text }

  package static func document(_ answer: TicketAnswer) -> Result<JSONValue, TicketFailure> {
    guard case .http(let status, let type, let bytes) = answer else {
      return .failure(TicketFailure(.unknown, "what came back is no answer of a function"))
    }
    let isJSON = type?.prefix { $0 != ";" }.lowercased().filter { $0 != " " } == "application/json"
    guard isJSON, case .success(let document) = JSONValue.read(bytes, keepsDigits: true) else {
      if (200...299).contains(status) {
        return .failure(TicketFailure(.unknown, "it answers \(status), but not as a function does"))
      }
      return .failure(.of(status: status, bytes))
    }
    if let error = document["error"], error != .null {
      return .failure(failure(of: error, status: status))
    }
    guard let result = document["result"], (200...299).contains(status) else {
      return .failure(
        TicketFailure(
          (200...299).contains(status) ? .unknown : TicketFailure.of(status: status, bytes).kind,
          "the answer has neither result nor error (status \(status))"))
    }
    return .success(result)
  }

  /// By the names of `google.rpc.Code`: those that may pass, and those after which it may be done.
  private static func failure(of error: JSONValue, status: Int) -> TicketFailure {
    let code = error["status"]?.string ?? ""
    let kind: TicketFailure.Kind =
      switch code {
      case "UNAVAILABLE", "RESOURCE_EXHAUSTED", "ABORTED": .passing
      case "DEADLINE_EXCEEDED", "INTERNAL", "UNKNOWN", "CANCELLED", "DATA_LOSS": .unknown
      default: .lasting
      }
    let name = code.isEmpty ? "an error" : Inert.terminal(String(code.prefix(40)))
    let message = error["message"]?.string.map { ": \"\(Inert.terminal(String($0.prefix(160))))\"" } ?? ""
    return TicketFailure(kind, "the function says \(name)\(message) (status \(status))")
  }

  package static func usual(_ operation: TicketOperation) -> TicketCall? {
    switch operation {
    case .comment:
      TicketCall(
        path: "addSupportTicketComment",
        data: [
          .init("ticketId", "{id}"), .init("message", "{text}"), .init("internal", "{internal}"),
          .init("idempotencyKey", "{key}"),
        ])
    case .status:
      TicketCall(
        path: "updateSupportTicketStatus", data: [.init("ticketId", "{id}"), .init("status", "{state}")])
    case .create:
      TicketCall(
        path: "createSupportTicket",
        data: [
          .init("subject", "{subject}"), .init("message", "{text}"), .init("priority", "{priority}"),
          .init("requester", "{requester}"), .init("idempotencyKey", "{key}"),
        ])
    case .note, .assign, .close: nil
    }
  }
}

/// JSON out of templates.
enum TicketJSON {
  /// `{public}` and `{internal}` alone are true or false, all else is text.
  static func object(_ members: [TicketCall.Member], _ values: [String: String]) -> JSONValue {
    .object(
      members.map { member in
        let text = TicketTemplate.fill(member.value, values)
        let isTruth = member.value == "{public}" || member.value == "{internal}"
        return JSONValue.Member(member.name, isTruth ? .bool(text == "true") : .string(text))
      })
  }
}
