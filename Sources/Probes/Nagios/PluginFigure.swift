internal import Metrics

/// One item of performance data: `'label'=value[unit];[warn];[crit];[min];[max]`.
struct PluginFigure: Hashable {
  /// A range of values that is not worth an alert; `@` turns it into one that is.
  struct Range: Hashable {
    /// Nil: none was written, or minus infinity.
    var lower: Double?
    /// Nil: infinity.
    var upper: Double?
    /// Written with `@`: values inside of it, rather than outside, are bad.
    var isInside = false
  }

  let label: String
  /// In base units; nil where the plugin could not tell (`U`).
  let value: Double?
  let unit: Unit
  var warning: Range?
  var critical: Range?
  var minimum: Double?
  var maximum: Double?

  /// A unit of measurement, brought to the one that Prometheus counts in.
  struct Unit: Hashable {
    /// `seconds`, `bytes`, `ratio`; what it is not known for stays as it was written; empty for a bare number.
    let name: String
    /// How much more, and how many times less, than one of those it is: one of them is 1. Dividing by 100 is exact
    /// where multiplying by 0.01 is not.
    private let factor: Double
    private let divisor: Double
    /// A figure that only grows (`c`).
    let isCounter: Bool

    /// As Icinga reads them: KB is 1000 bytes and KiB 1024. Case counts where two units differ by it only.
    init(_ text: String) {
      isCounter = text == "c"
      let units: [String: (String, Double, Double)] = [
        "": ("", 1, 1), "c": ("", 1, 1), "%": ("ratio", 1, 100), "s": ("seconds", 1, 1),
        "ms": ("seconds", 1, 1e3), "us": ("seconds", 1, 1e6), "µs": ("seconds", 1, 1e6),
        "μs": ("seconds", 1, 1e6), "ns": ("seconds", 1, 1e9), "m": ("seconds", 60, 1),
        "h": ("seconds", 3600, 1), "d": ("seconds", 86_400, 1), "b": ("bits", 1, 1), "B": ("bytes", 1, 1),
      ]
      if let (name, factor, divisor) = units[text] {
        (self.name, self.factor, self.divisor) = (name, factor, divisor)
        return
      }
      divisor = 1
      let bytes = text.uppercased()
      let steps = ["K", "M", "G", "T", "P", "E"]
      for (index, step) in steps.enumerated() {
        if bytes == step + "B" {
          (name, factor) = ("bytes", Self.power(1000, index + 1))
          return
        }
        if bytes == step + "IB" {
          (name, factor) = ("bytes", Self.power(1024, index + 1))
          return
        }
      }
      (name, factor) = (text, 1)
    }

    /// A number of these in base units.
    func scaled(_ number: Double) -> Double { number * factor / divisor }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
      (0..<exponent).reduce(1) { product, _ in product * base }
    }
  }

  /// The series: `nagios_perfdata{label, unit}`, or `nagios_perfdata_total{label}` for one that only grows; its
  /// thresholds under the same labels, so that `nagios_perfdata > nagios_perfdata_crit` means what it says.
  var samples: [Sample] {
    let base = unit.isCounter ? "nagios_perfdata_total" : "nagios_perfdata"
    var samples: [Sample] = []
    func add(_ name: String, _ value: Double?) {
      guard let value else { return }
      let pairs = [(String.metricName, name), ("label", label), ("unit", unit.name)].filter { !$0.1.isEmpty }
      samples.append(Sample(Labels(pairs), value))
    }
    add(base, value)
    for (name, range) in [("warn", warning), ("crit", critical)] {
      guard let range else { continue }
      let side = range.isInside ? "_inside" : ""
      add("nagios_perfdata_\(name)\(side)", range.upper)
      add("nagios_perfdata_\(name)\(side)_lower", range.lower)
    }
    add("nagios_perfdata_min", minimum)
    add("nagios_perfdata_max", maximum)
    return samples
  }
}
