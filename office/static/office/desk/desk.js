// Improves the desk where script runs; everything works without it.
(function () {
  "use strict";

  document.querySelectorAll("[data-desk-list]").forEach(function (list) {
    var all = list.querySelector("[data-desk-all]");
    var chosen = list.querySelector("[data-desk-chosen]");
    if (!all || !chosen) { return; }
    var boxes = Array.from(list.querySelectorAll("input[name=pk]"));
    function count() {
      var ticked = boxes.filter(function (box) { return box.checked; }).length;
      chosen.textContent = chosen.dataset.label + " " + ticked;
      all.checked = ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    all.addEventListener("change", function () {
      boxes.forEach(function (box) { box.checked = all.checked; });
      count();
    });
    list.addEventListener("change", count);
    count();
  });

  document.querySelectorAll("[data-desk-chooser]").forEach(function (chooser) {
    new window.Chooser(chooser.dataset.deskChooser, JSON.parse(chooser.dataset.options));
  });

  document.querySelectorAll("[data-desk-focus]").forEach(function (errors) { errors.focus(); });

  document.querySelectorAll("[data-desk-once]").forEach(function (form) {
    form.addEventListener("submit", function () {
      // Not disabled before the form is read; a download leaves the page open, so only for a while.
      var button = form.querySelector("button[type=submit]");
      window.setTimeout(function () { button.disabled = true; }, 0);
      window.setTimeout(function () { button.disabled = false; }, 5000);
    });
  });
})();
