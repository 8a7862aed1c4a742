import Glibc
import Incidents

/// Who acts on this process's word: `--as`, `$MIDWATCH_ACTOR`, else the login name; with host and uid.
package enum Identity {
  /// - Parameter handle: what `--as` said.
  package static func actor(handle: String?, environment: [String: String]) throws(Refusal) -> Actor {
    let host = hostName()
    let uid = getuid()
    if let named = handle ?? environment["MIDWATCH_ACTOR"], !named.isEmpty {
      guard Actor.isHandle(named), named != Actor.engineHandle else {
        throw Refusal(
          "\"\(named)\" is no handle; use 1 to 32 of a-z, 0-9, dot, underscore and hyphen, and not midwatch.")
      }
      return Actor(handle: named, host: host, uid: uid)
    }
    let login = environment["LOGNAME"] ?? environment["USER"] ?? loginName(of: uid) ?? "uid\(uid)"
    return Actor(handle: Actor.handle(from: login), host: host, uid: uid)
  }

  package static func engine() -> Actor {
    Actor(handle: Actor.engineHandle, host: hostName(), uid: getuid())
  }

  static func hostName() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
    let name = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return name.isEmpty ? "localhost" : String(decoding: name, as: UTF8.self)
  }

  private static func loginName(of uid: uid_t) -> String? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 4096)
    guard getpwuid_r(uid, &entry, &buffer, buffer.count, &found) == 0, found != nil, let name = entry.pw_name
    else {
      return nil
    }
    return String(cString: name)
  }
}

extension Identity {
  /// The number of a group, by name or number.
  package static func groupID(of name: String) throws(Refusal) -> UInt32 {
    if let number = UInt32(name) { return number }
    var entry = group()
    var found: UnsafeMutablePointer<group>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    guard getgrnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else {
      throw Refusal("There is no group \(name) here.")
    }
    return entry.gr_gid
  }
}
