extension Assertion {
  /// What of an answer a subject looks at.
  enum Aspect {
    case status, latency, header, body, certificate, dnsCode
  }

  /// What a subject is, and so what it can be held against.
  enum SubjectType {
    case number, span, text, json, code

    var operators: [String] {
      switch self {
      case .number: ["==", "!=", "<", "<=", ">", ">=", "in"]
      case .span: ["<", "<=", ">", ">="]
      case .text: ["==", "!=", "contains", "=~", "!~"]
      case .json: ["==", "!=", "<", "<=", ">", ">=", "in", "contains", "=~", "!~"]
      case .code: ["==", "!="]
      }
    }
  }
}

extension Assertion.Subject {
  var aspect: Assertion.Aspect {
    switch self {
    case .status: .status
    case .latency: .latency
    case .header: .header
    case .body, .json: .body
    case .certificateExpiry: .certificate
    case .dnsCode: .dnsCode
    case .length(let inner): inner.aspect
    }
  }

  var type: Assertion.SubjectType {
    switch self {
    case .status, .length: .number
    case .latency, .certificateExpiry: .span
    case .header, .body: .text
    case .json: .json
    case .dnsCode: .code
    }
  }

  /// As it is written.
  var shown: String {
    switch self {
    case .status: "status"
    case .latency: "latency"
    case .certificateExpiry: "cert_expiry"
    case .body: "body"
    case .dnsCode: "dns_rcode"
    case .header(let name): "header(\"\(name)\")"
    case .json(let path): "json(\"\(path.text)\")"
    case .length(let inner): "len(\(inner.shown))"
    }
  }
}
