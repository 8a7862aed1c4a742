/// What nginx serves to be probed.
enum Nginx {
  /// `{name}` is filled in by ``Estate``.
  static let configuration = """
    daemon off;
    # One process, which ends as a whole.
    master_process off;
    pid nginx.pid;
    load_module /usr/lib/nginx/modules/ngx_mail_module.so;
    events { worker_connections 256; }
    http {
      access_log off;
      default_type text/plain;
      client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi; scgi_temp_path scgi;
      ssl_certificate {certs}/good.pem; ssl_certificate_key {certs}/good.key;
      map $http_authorization $is_let_in { default 0; "Bearer t0ken" 1; "Basic b3BzOnMzY3JldA==" 1; }
      map $http_host $is_ours { default 0; api.test 1; }
      server {
        listen 127.0.0.1:{http}; listen [::1]:{http};
        \(locations)
      }
      server { listen 127.0.0.1:{tls} ssl http2; location / { return 200 "healthy over $server_protocol\\n"; } }
      server {
        listen 127.0.0.1:{tls12} ssl; ssl_protocols TLSv1.2;
        location / { return 200 "healthy\\n"; }
      }
      \(["expired", "self", "wrong", "future"].map(guise).joined(separator: "\n"))
      server {
        listen 127.0.0.1:{mtls} ssl; ssl_client_certificate {certs}/ca.pem; ssl_verify_client on;
        location / { return 200 "healthy for $ssl_client_s_dn\\n"; }
      }
    }
    mail {
      auth_http 127.0.0.1:{closed}/; server_name mail.test;
      ssl_certificate {certs}/good.pem; ssl_certificate_key {certs}/good.key;
      starttls on;
      server { listen 127.0.0.1:{smtp}; protocol smtp; smtp_auth none; xclient off; }
      server { listen 127.0.0.1:{imap}; protocol imap; }
      server { listen 127.0.0.1:{pop3}; protocol pop3; }
    }
    """

  private static func guise(_ name: String) -> String {
    """
    server {
      listen 127.0.0.1:{\(name)} ssl;
      ssl_certificate {certs}/\(name).pem; ssl_certificate_key {certs}/\(name).key;
      location / { return 200 "healthy\\n"; }
    }
    """
  }

  private static let locations = """
    location = /ok { add_header X-Env production; return 200 "healthy\\n"; }
    location = /json { default_type application/json; return 200 '{"status":"ok","depth":3,"items":[1,2]}'; }
    location = /none { return 204; }
    location ~ ^/status/(404|410) { return 404; }
    location = /status/500 { return 500; }
    location = /status/503 { return 503; }
    location = /redirect { return 302 /ok; }
    location = /permanent { return 301 /ok; }
    location = /loop { return 302 /loop; }
    location = /elsewhere { return 302 http://127.0.0.1:{closed}/; }
    location = /secure { return 302 https://localhost:{tls}/; }
    location = /nowhere { return 302 /status/404; }
    \((1...12).map { "location = /chain/\($0) { return 302 \($0 == 1 ? "/ok" : "/chain/\($0 - 1)"); }" }
      .joined(separator: "\n"))
    location = /private { if ($is_let_in = 0) { return 401; } return 200 "welcome\\n"; }
    location = /host { if ($is_ours = 0) { return 421; } return 200 "healthy\\n"; }
    location = /post { if ($request_method != POST) { return 405; } return 200 "taken\\n"; }
    location /odd/ { proxy_pass http://127.0.0.1:{odd}/; proxy_read_timeout 20s; }
    """
}
