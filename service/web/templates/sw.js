// The service worker of this version; what it does stands in js/serve.js.
import { serve } from "{{ url_for('static', filename='js/serve.js') }}";

serve({{ {"version": version, "files": files, "offline": url_for("pages.app.offline")}|tojson }});
