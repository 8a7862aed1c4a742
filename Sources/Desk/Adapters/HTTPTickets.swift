import Incidents
import JSON
import Values

/// `http:` – any server that speaks JSON: GET for the list, and what the folder says for the rest.
package enum HTTPTickets: TicketAdapter {
  package static let name = "http"

  package static func list(_ place: String?, cursor: String?) -> TicketRequest? {
    .http(method: "GET", path: cursor ?? place ?? "", key: nil, body: nil)
  }

  package static func request(_ errand: TicketErrand, by call: TicketCall) throws(Refusal) -> TicketRequest {
    .http(
      method: call.method, path: TicketTemplate.fill(call.path, errand.values, as: encoded),
      key: errand.values["key"],
      body: call.data.isEmpty ? nil : TicketJSON.object(call.data, errand.values).text)
  }

  /// Letters, digits and `-._~`; everything else as `%41` (RFC 3986, 2.3).
  private static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "-._~".utf8.contains(byte)
      return isPlain
        ? String(UnicodeScalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }.joined()
  }

  package static func document(_ answer: TicketAnswer) -> Result<JSONValue, TicketFailure> {
    guard case .http(let status, _, let bytes) = answer else {
      return .failure(TicketFailure(.unknown, "what came back is no answer of a server"))
    }
    guard (200...299).contains(status) else { return .failure(.of(status: status, bytes)) }
    if bytes.isEmpty { return .success(.null) }
    switch JSONValue.read(bytes, keepsDigits: true) {
    case .success(let document): return .success(document)
    case .failure(let mistake):
      return .failure(TicketFailure(.unknown, "it answers \(status), but \(mistake.reason)"))
    }
  }

  package static func usual(_ operation: TicketOperation) -> TicketCall? { nil }
}
