// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: Swift 6 mode, and a warning is an error.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

func pure(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude,
    swiftSettings: strict)
}

let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "midwatch",
  products: [.executable(name: "midwatch", targets: ["midwatch"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
  ],
  targets: [
    // The C doors: the only includes of ncurses, curl, OpenSSL, cmark-gfm, libyaml and RE2.
    .target(name: "CTerminal", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "CTransfer", linkerSettings: [.linkedLibrary("curl")]),
    .target(name: "CTLS", linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),
    .target(
      name: "CMarkdown",
      linkerSettings: [.linkedLibrary("cmark-gfm"), .linkedLibrary("cmark-gfm-extensions")]),
    .target(name: "CYAML", linkerSettings: [.linkedLibrary("yaml")]),
    .target(name: "CRegex", linkerSettings: [.linkedLibrary("re2"), .linkedLibrary("stdc++")]),

    // Pure: no I/O, no clock.
    pure("Values"),
    pure("Documents", ["Values", "CYAML"]),
    pure("Wire", ["Values"]),
    pure("JSON", ["Values"]),
    pure("Patterns", ["CRegex"]),
    pure("Metrics", ["Values"]),
    pure("PromQL", ["Metrics", "Patterns"]),
    pure("Alerting", ["PromQL", "Patterns", "Documents", "JSON", "Wire"]),
    pure("Incidents", ["Values"]),
    pure("Desk", ["Incidents", "Documents", "JSON"]),
    pure("Playbooks", ["Incidents", "Documents", "CMarkdown"]),
    pure("Comms", ["Incidents", "Documents", "JSON", mustache]),
    pure("Probes", ["Metrics", "Patterns", "JSON", "Wire"]),
    pure("Systems", ["Alerting", "Probes", "Playbooks", "Comms", "Desk", crypto]),
    pure("Retro", ["Alerting", "Incidents", "Desk", "Playbooks", "Comms", "JSON"]),
    pure("Watch", ["Systems", "Retro"]),
    pure("Terminal", ["Values", "Documents", "CTerminal"]),
    pure("Console", ["Terminal", "Watch"]),

    // Hands: sockets, files, processes, the terminal.
    pure("Transfer", ["Wire", "JSON", "CTransfer", "CTLS"]),
    pure("Journal", ["Incidents", "JSON", grdb, crypto]),
    pure("Serving"),
    pure("Host", ["Watch", "Transfer", "Journal", "Console", "Serving"]),
    pure("Simulator", ["Documents", "Serving"]),
    .executableTarget(
      name: "midwatch", dependencies: ["Host", "Console", "Simulator", argumentParser],
      swiftSettings: strict),

    tests("Values"), tests("Documents"), tests("JSON"), tests("Patterns"), tests("Metrics"),
    tests("PromQL"),
    tests("Alerting"),
    tests("Incidents", ["TestSupport"]), tests("Playbooks", ["TestSupport"], exclude: ["Document/Golden"]),
    tests("Comms", ["TestSupport"]), tests("Desk", ["TestSupport"], exclude: ["Clocks/oracle.py"]),
    tests("Probes"), tests("Systems", ["TestSupport"], exclude: ["Clocks/Golden"]),
    tests(
      "Retro", ["TestSupport", "CMarkdown"],
      exclude: ["Golden", "Hostile/page.py", "Hostile/files.py", "Statistics/oracle.py"]),
    tests("Watch", ["TestSupport"]), tests("Terminal", ["TestSupport"]),
    tests("Console", ["TestSupport"], exclude: ["Golden", "Playbook/Golden"]),
    tests("Transfer"),
    tests("Journal"), tests("Serving"), tests("Host"), tests("Simulator", ["Alerting"]),
    .testTarget(name: "EndToEndTests", dependencies: ["TestSupport"], swiftSettings: strict),
    // Against live servers: make test-peers.
    .testTarget(name: "PeerTests", dependencies: ["Host", "Serving", "TestSupport"], swiftSettings: strict),
    // What several of them need.
    .target(
      name: "TestSupport", dependencies: ["Incidents"], path: "Tests/TestSupport", swiftSettings: strict),
    .target(
      name: "Fuzzing", dependencies: ["Alerting"], path: "Tests/Fuzzing", swiftSettings: strict),
    tests("Fuzzing", exclude: ["Corpus"]),
  ]
)

// libFuzzer brings the main function, so this one is there for scripts/fuzz alone.
if Context.environment["MIDWATCH_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzz", dependencies: ["Fuzzing"], path: "Tests/Fuzz",
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}

// What scripts/bench asks for figures that no verb shows.
if Context.environment["MIDWATCH_BENCH"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Measure", dependencies: ["Alerting", "Host"], path: "Tests/Measure", swiftSettings: strict))
}
