/// What this binary calls itself; stamped into journals and User-Agent lines.
enum Version {
  static let text = "0.1.0"
}
