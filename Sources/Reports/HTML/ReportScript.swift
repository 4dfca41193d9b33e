/// What the page does when it is touched; without it all panels are shown below each other.
enum ReportScript {
    static let javaScript = """
        (function () {
          'use strict';
          document.documentElement.className = 'js';
          function show(tab) {
            tab.parentNode.querySelectorAll('[role=tab]').forEach(function (other) {
              var on = other === tab;
              other.setAttribute('aria-selected', on);
              other.tabIndex = on ? 0 : -1;
              document.getElementById(other.getAttribute('aria-controls')).hidden = !on;
            });
          }
          document.querySelectorAll('.tabs').forEach(function (tabs) {
            show(tabs.firstElementChild);
            tabs.addEventListener('click', function (e) { if (e.target.matches('[role=tab]')) show(e.target); });
            tabs.addEventListener('keydown', function (e) {
              var step = e.key === 'ArrowRight' ? 'nextElementSibling' : e.key === 'ArrowLeft' ? 'previousElementSibling' : '';
              var next = step && e.target[step];
              if (next) { show(next); next.focus(); }
            });
          });
          document.addEventListener('click', function (e) {
            if (!e.target.matches('.copy')) return;
            var button = e.target, text = button.previousElementSibling.textContent;
            function done() { button.textContent = 'Copied'; setTimeout(function () { button.textContent = 'Copy'; }, 1500); }
            function byHand() {
              var area = document.createElement('textarea');
              area.value = text; document.body.appendChild(area); area.select();
              document.execCommand('copy'); area.remove(); done();
            }
            if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, byHand); else byHand();
          });
          document.addEventListener('toggle', function (e) {
            var pre = e.target.open && e.target.matches('.m') && e.target.querySelector('pre');
            if (!pre || pre.dataset.set) return;
            pre.dataset.set = 1;
            try { pre.textContent = JSON.stringify(JSON.parse(pre.textContent), null, 2); } catch (x) { }
          }, true);
          function pick(words) {
            words = words.toLowerCase().split(' ');
            document.querySelectorAll('.index tbody tr').forEach(function (row) {
              var text = (row.textContent + ' ' + (row.dataset.g || '')).toLowerCase();
              row.hidden = !words.every(function (w) { return text.indexOf(w) >= 0; });
              var link = row.querySelector('a[href^="#case-"]');
              var page = link && document.getElementById(link.hash.slice(1));
              if (page) page.hidden = row.hidden;
            });
          }
          document.addEventListener('click', function (e) {
            var button = e.target.closest('[data-pick]'), field = document.querySelector('.pick');
            if (!button || !field) return;
            field.value = field.value === button.dataset.pick ? '' : button.dataset.pick;
            pick(field.value);
          });
          document.addEventListener('input', function (e) {
            if (e.target.matches('.pick')) return pick(e.target.value);
            if (!e.target.matches('.find')) return;
            var words = e.target.value.toLowerCase().split(' ');
            e.target.nextElementSibling.querySelectorAll('.m').forEach(function (m) {
              var text = m.firstElementChild.textContent.toLowerCase();
              m.hidden = !words.every(function (w) { return text.indexOf(w) >= 0; });
            });
          });
          function go() {
            var target = location.hash && document.getElementById(location.hash.slice(1));
            if (!target) return;
            for (var at = target; at; at = at.parentElement) {
              if (at.tagName === 'DETAILS') at.open = true;
              if (at.classList.contains('panel')) show(document.querySelector('[aria-controls="' + at.id + '"]'));
            }
            target.scrollIntoView({ block: 'start' });
          }
          addEventListener('hashchange', go);
          go();
        })();
        """
}
