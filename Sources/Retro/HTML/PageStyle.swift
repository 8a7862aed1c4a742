import Values

/// How a page looks: on phones, laptops and wide screens, light and dark, and on paper.
enum PageStyle {
  /// - Parameters:
  ///   - header: stands above each printed page but the first.
  ///   - footer: stands below each printed page.
  static func css(for page: RetroPage, header: String, footer: String) -> String {
    let follows = page == .screen
    return light + (follows ? dark : "") + body + ChartStyle.css(followsScheme: follows)
      + paper(header: header, footer: footer)
  }

  private static let light = """
    :root { color-scheme: light; --ink: #1f2328; --dim: #57606a; --paper: #ffffff; --rule: #d0d7de;
    --soft: #f4f6f8; --link: #0550ae; --mind: #fff4e0; --edge: #a04100; --quiet: #eef3fa; }

    """

  private static let dark = """
    @media screen and (prefers-color-scheme: dark) {
    :root { color-scheme: dark; --ink: #e6edf3; --dim: #a3adb8; --paper: #14181d; --rule: #3a424c;
    --soft: #1d232a; --link: #79b8ff; --mind: #2f2614; --edge: #ffa657; --quiet: #1a2634; }
    }

    """

  private static let body = """
    * { box-sizing: border-box; }
    html { scroll-padding-top: 1rem; }
    body { margin: 0; background: var(--paper); color: var(--ink);
    font: 1rem/1.55 system-ui, "DejaVu Sans", sans-serif; }
    .page { max-width: 64rem; margin: 0 auto; padding: 1rem clamp(1rem, 4vw, 2.5rem) 3rem; }
    h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.6em 0 0.5em; overflow-wrap: anywhere; }
    h1 { font-size: 1.75rem; margin-top: 0.6em; }
    h2 { font-size: 1.3rem; border-bottom: 1px solid var(--rule); padding-bottom: 0.25em; }
    h3 { font-size: 1.1rem; }
    h4, h5, h6 { font-size: 1rem; }
    p, ul, ol, dl, pre, figure, blockquote { margin: 0 0 1em; }
    p, li, dd, figcaption, summary, footer { overflow-wrap: anywhere; }
    .told { white-space: pre-line; }
    a { color: var(--link); }
    a:focus-visible, summary:focus-visible,
    [tabindex="0"]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    main:focus { outline: none; }
    .skip { position: absolute; left: -100rem; }
    .skip:focus { left: 1rem; top: 0.5rem; padding: 0.5rem 1rem; background: var(--paper); z-index: 1; }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
    white-space: nowrap; }
    nav h2 { font-size: 1rem; margin: 0 0 0.4em; border: 0; padding: 0; }
    nav ol { padding-left: 1.6em; margin: 0; columns: 16rem; }
    nav { background: var(--soft); border: 1px solid var(--rule); border-radius: 6px; padding: 1rem; }
    nav li { break-inside: avoid; }
    footer { margin-top: 3rem; border-top: 1px solid var(--rule); padding-top: 0.75rem;
    color: var(--dim); font-size: 0.875rem; }
    pre { background: var(--soft); border: 1px solid var(--rule); border-radius: 6px; padding: 0.75rem 1rem;
    font: 0.85rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace;
    white-space: pre-wrap; overflow-wrap: anywhere; }
    code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 0.92em; }
    pre code { font-size: inherit; }
    blockquote { border-left: 4px solid var(--rule); padding-left: 1rem; color: var(--dim); }
    hr { border: 0; border-top: 1px solid var(--rule); }
    .scroll { overflow-x: auto; margin: 0 0 1em; }
    table { border-collapse: collapse; font-size: 0.92rem; min-width: 100%; }
    caption { text-align: left; color: var(--dim); padding: 0.2rem 0; }
    th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0.5rem;
    border-bottom: 1px solid var(--rule);
    max-width: 36rem; overflow-wrap: break-word; }
    thead td, th { background: var(--soft); border-bottom: 2px solid var(--dim); }
    td { white-space: pre-line; }
    .long { overflow-wrap: anywhere; min-width: 10rem; }
    td.when { white-space: nowrap; font-variant-numeric: tabular-nums; }
    tr:target { background: var(--mind); outline: 2px solid var(--edge); }
    s, del { color: var(--dim); }
    dl { display: grid; grid-template-columns: minmax(7rem, max-content) minmax(0, 1fr); }
    dt, dd { margin: 0; padding: 0.2rem 1rem 0.2rem 0; border-bottom: 1px solid var(--rule); }
    dt { color: var(--dim); max-width: 16rem; overflow-wrap: anywhere; }
    .mind { background: var(--mind); border-left: 4px solid var(--edge); padding: 0.6rem 0.9rem; }
    .talk { list-style: none; padding: 0; }
    .talk li { border: 1px solid var(--rule); border-radius: 6px; padding: 0.6rem 0.9rem;
    margin: 0 0 0.6rem; }
    .talk .public { background: var(--quiet); }
    .talk .internal { border-style: dashed; border-color: var(--dim); }
    .talk p { margin: 0; }
    .talk .who { color: var(--dim); font-size: 0.875rem; margin-bottom: 0.3rem; }
    .talk strong { color: var(--ink); }
    .talk .who span { border: 1px solid var(--dim); border-radius: 999px; padding: 0 0.6em;
    white-space: nowrap; }
    figcaption { font-weight: 600; margin-bottom: 0.4rem; }
    svg.chart { display: block; width: 100%; min-width: 34rem; max-width: 56rem; height: auto; }
    svg.narrow { display: none; min-width: 16rem; max-width: 30rem; }
    @media screen and (max-width: 37rem) {
    svg.wide { display: none; }
    svg.narrow { display: block; }
    }
    summary { cursor: pointer; color: var(--link); }
    @media screen and (max-width: 40rem) {
    th, td { padding: 0.3rem 0.5rem 0.3rem 0.3rem; }
    td.when { white-space: normal; min-width: 6.2rem; }
    }
    @media (max-width: 30rem) {
    h1 { font-size: 1.4rem; }
    dl { display: block; }
    dt { border: 0; padding-bottom: 0; }
    dd { padding-top: 0; }
    }
    @media screen and (min-width: 75rem) {
    .page { max-width: 88rem; display: grid; grid-template-columns: 16rem minmax(0, 1fr);
    column-gap: 3rem; align-items: start; }
    header, footer, .page > main:nth-child(2) { grid-column: 1 / -1; }
    nav { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto; }
    nav ol { columns: auto; }
    main > h2:first-child { margin-top: 0; }
    }

    """

  private static func paper(header: String, footer: String) -> String {
    """
    @page { size: A4; margin: 20mm 17mm 22mm;
    @top-left { content: \(Inert.css(String(header.prefix(90)))); font: 8pt system-ui, sans-serif;
    color: #57606a; }
    @bottom-left { content: \(Inert.css(String(footer.prefix(140)))); font: 8pt system-ui, sans-serif;
    color: #57606a; }
    @bottom-right { content: counter(page) " / " counter(pages); font: 8pt system-ui, sans-serif;
    color: #57606a; }
    }
    @page :first { @top-left { content: none; } }
    @media print {
    body { font-size: 10pt; }
    .page { max-width: none; padding: 0; }
    .skip, footer { display: none; }
    nav { background: none; }
    nav ol { columns: 2; }
    h1, h2, h3, h4, h5, h6, caption, figcaption, .who { break-after: avoid; }
    h2 { margin-top: 1.8em; }
    tr, .talk li, svg.chart, dt, dd, .mind { break-inside: avoid; }
    thead { display: table-header-group; }
    p, li { orphans: 3; widows: 3; }
    .scroll { overflow: visible; }
    th, td { max-width: none; padding-right: 0.5rem; }
    table { font-size: 8.5pt; width: 100%; }
    td.when { white-space: normal; min-width: 6.5em; }
    pre { font-size: 8pt; }
    svg.chart { min-width: 0; }
    a { color: inherit; }
    main a[href^="http"]:not(.self)::after,
    main a[href^="mailto:"]:not(.self)::after { content: " <" attr(href) ">"; overflow-wrap: anywhere; }
    details::details-content { content-visibility: visible; block-size: auto; }
    summary { list-style: none; color: var(--dim); }
    }

    """
  }
}

extension Inert {
  /// For a string in CSS, quotes included: all but letters, digits and blanks of ASCII as escapes (CSS Syntax 4.3.7).
  package static func css(_ text: String) -> String {
    var safe = "\""
    for scalar in terminal(text).unicodeScalars {
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == " ")
      if isPlain {
        safe.unicodeScalars.append(scalar)
      } else {
        safe += "\\\(String(scalar.value, radix: 16)) "
      }
    }
    return safe + "\""
  }
}
