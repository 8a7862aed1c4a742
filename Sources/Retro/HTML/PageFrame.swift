import Values

/// What stands around a page's content: head, contents, foot.
struct PageFrame {
  let document: RetroDocument
  let body: PageBody
  let page: RetroPage

  /// What a browser may load and run: nothing; styles are within.
  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

  var text: String {
    let title = Inert.html(Inert.terminal(document.title))
    let schemes = page == .screen ? "light dark" : "light"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta name="color-scheme" content="\(schemes)">
      <title>\(title)</title>
      <style>
      \(PageStyle.css(for: page, header: document.title, footer: mark))</style>
      </head>
      <body>
      <a class="skip" href="#content">Skip to the content</a>
      <div class="page">
      <header>
      <h1>\(body.title.isEmpty ? title : body.title)</h1>
      </header>
      \(contents)<main id="content" tabindex="-1">
      \(body.html)</main>
      <footer>
      <p>\(document.stamp.sentence(at: document.made, inert: Inert.html))</p>
      </footer>
      </div>
      </body>
      </html>

      """
  }

  private var contents: String {
    guard body.contents.count > 1 else { return "" }
    let items = body.contents.map { "<li><a href=\"#\($0.id)\">\($0.title)</a></li>\n" }
    return
      "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n"
      + "<ol>\n\(items.joined())</ol>\n</nav>\n"
  }

  /// In short, for the foot of each printed page.
  private var mark: String {
    "Written \(document.made.dateClockUTC) by midwatch at event \(document.stamp.count), "
      + "head \(document.stamp.head.prefix(8))"
  }
}
