import Comms

/// What its own deliveries write into the folder: files that grow while it is trusted, and that nothing of it reads.
extension SystemFolder {
  /// Whether a file, by its path relative to the folder, is written by a delivery.
  func isOutgoing(_ path: String) -> Bool {
    deliveries.contains { delivery in
      guard let place = delivery.relativePlace, !place.isEmpty else { return false }
      return delivery.writesFolder ? path.hasPrefix(place + "/") : path == place
    }
  }

  /// What a file of the folder is read as; nil when nothing reads it, so that a delivery may write it.
  static func use(of path: String) -> String? {
    let parts = path.split(separator: "/")
    let ending = parts.last?.split(separator: ".").last.map(String.init) ?? ""
    switch (parts.count, parts.first, ending) {
    case (1, _, "md"): return "a playbook"
    case (1, _, "yaml"), (1, _, "yml"): return "a part of its configuration"
    case (2, "comms", "md"): return "a template"
    case (2, "drills", "yaml"), (2, "drills", "yml"): return "a drill"
    default: return nil
    }
  }
}

extension Delivery {
  var writesFolder: Bool { DeliveryKinds.named(kind)?.place == .folder }

  /// Where it writes, relative to the system's folder, in its plain form; nil when that is elsewhere, or not
  /// known before a secret is.
  var relativePlace: String? {
    guard let place = DeliveryKinds.named(kind)?.place, place == .file || place == .folder,
      address.names.isEmpty
    else { return nil }
    let path = address.description
    guard !path.isEmpty, !path.hasPrefix("/"), !path.hasPrefix("~") else { return nil }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(part)
      } else if parts.popLast() == nil {
        return nil
      }
    }
    // Empty is the folder itself.
    return parts.joined(separator: "/")
  }
}
