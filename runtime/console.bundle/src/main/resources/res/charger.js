/*
 * The page Charger: asks /api/status every second and shows it. Text comes into the page as text nodes only, so that nothing that a card,
 * a vehicle or a back office sends is ever taken for markup.
 */
(function () {
  'use strict';

  var PERIOD_MS = 1000;
  var root = document.getElementById('dcocpp');
  var shown = {};      // by section: the JSON that is on the screen
  var guns = {};       // by connector id: its card
  var parts = {};      // by name: the element of a section

  // ---- building blocks -------------------------------------------------------------------------------------------------

  function make(tag, className) {
    var element = document.createElement(tag);
    if (className) { element.className = className; }
    for (var i = 2; i < arguments.length; i++) {
      var child = arguments[i];
      if (child === null || child === undefined || child === '') { continue; }
      element.appendChild(typeof child === 'object' ? child : document.createTextNode(String(child)));
    }
    return element;
  }

  function fill(element, children) {
    while (element.firstChild) { element.removeChild(element.firstChild); }
    children.forEach(function (child) { if (child) { element.appendChild(child); } });
  }

  /** Draws a section only when what it shows has changed: a selection or a focus in it survives. */
  function draw(name, data, children) {
    var text = JSON.stringify(data === undefined ? null : data);
    if (shown[name] !== text) {
      shown[name] = text;
      fill(parts[name], children());
    }
  }

  function badge(text, colour) { return make('span', 'badge ' + colour, text); }

  function bar(share) {
    var fillBar = make('i');
    fillBar.style.width = Math.max(0, Math.min(100, share * 100)).toFixed(1) + '%';
    return make('div', 'bar', fillBar);
  }

  function table(names, rows) {
    var head = make('tr');
    names.forEach(function (name) { head.appendChild(make('th', '', name)); });
    var body = make('tbody');
    rows.forEach(function (cells) {
      var row = make('tr');
      cells.forEach(function (cell, i) {
        var td = make('td', '', cell);
        td.setAttribute('data-name', names[i]);
        row.appendChild(td);
      });
      body.appendChild(row);
    });
    return make('table', '', make('thead', '', head), body);
  }

  // ---- words -----------------------------------------------------------------------------------------------------------

  /** waitingForToken becomes "waiting for token". */
  function words(name) { return String(name || '').replace(/([A-Z])/g, function (c) { return ' ' + c.toLowerCase(); }); }

  function number(value, digits) {
    return value === undefined ? '–' : value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  function kW(watt, digits) { return watt === undefined ? '–' : number(watt / 1000, digits); }

  function kWh(milliWh) { return milliWh === undefined ? '–' : number(milliWh / 1e6, milliWh < 1e8 ? 2 : 1); }

  function time(iso) { return iso ? new Date(iso).toLocaleTimeString('en-GB') : ''; }

  function moment(iso) { return iso ? new Date(iso).toLocaleString('en-GB') : ''; }

  function duration(seconds) {
    if (seconds < 60) { return Math.max(0, Math.floor(seconds)) + ' s'; }
    if (seconds < 3600) { return Math.floor(seconds / 60) + ' min'; }
    if (seconds < 86400) { return Math.floor(seconds / 3600) + ' h ' + Math.floor(seconds % 3600 / 60) + ' min'; }
    return Math.floor(seconds / 86400) + ' d';
  }

  /** A whole tag on a screen that everybody sees is a tag that everybody may copy. */
  function masked(idTag) { return idTag.length > 4 ? '…' + idTag.slice(-4) : idTag; }

  var STATUS_COLOURS = { Available: 'grey', Preparing: 'amber', Charging: 'green', SuspendedEV: 'blue', SuspendedEVSE: 'amber',
    Finishing: 'blue', Reserved: 'blue', Unavailable: 'grey', Faulted: 'red' };
  var LINK_COLOURS = { accepted: 'green', connected: 'amber', connecting: 'amber', disconnected: 'grey', absent: 'red' };
  var ROLE_COLOURS = { active: 'green', candidate: 'amber', standby: 'grey', rejected: 'red' };
  var JOB_COLOURS = { committed: 'green', failed: 'red', refused: 'red', postponed: 'amber', staged: 'amber', shadow: 'amber',
    soak: 'amber' };
  var JOB_WORDS = { refused: 'refused', postponed: 'not while a session runs', staged: 'checked, waits for its turn',
    shadow: 'runs in the shadow of the old one',
    soak: 'in use, on probation', committed: 'in use, the old one is gone', failed: 'failed, the old one is in use' };

  // ---- calls -----------------------------------------------------------------------------------------------------------

  function call(method, path, body) {
    // Not relative to the page's address: where that holds the login, no browser lets a script ask for it.
    var url = window.location.origin + '/api' + path;
    return fetch(url, { method: method, body: body, credentials: 'same-origin', cache: 'no-store' }).then(function (response) {
      return response.json().catch(function () { return {}; }).then(function (answer) {
        if (!response.ok) {
          throw new Error((answer.error || 'the charger answers ' + response.status) + (answer.remedy ? '\n' + answer.remedy : ''));
        }
        return answer;
      });
    });
  }

  function act(path, question) {
    if (question && !window.confirm(question)) { return; }
    say(parts.says, 'Working…', '');
    call('POST', path).then(function () { say(parts.says, '', ''); refresh(); },
      function (problem) { say(parts.says, problem.message, 'red'); });
  }

  function say(element, text, colour) {
    element.className = 'says ' + (colour ? 'banner ' + colour : '');
    element.textContent = text;
  }

  // ---- sections --------------------------------------------------------------------------------------------------------

  function tile(name, value, more, extra) {
    return make('div', 'tile', make('div', 'name', name), make('div', 'value', value), make('div', 'more', more), extra);
  }

  function busText(bus) {
    return ', ' + bus['interface'] + (bus.loadPercent === undefined ? '' : ' ' + Math.round(bus.loadPercent) + ' % used')
      + (bus.lostFrames ? ', ' + bus.lostFrames + ' frames lost' : '') + (bus.badFrames ? ', ' + bus.badFrames + ' bad' : '')
      + (bus.sendGaps ? ', ' + bus.sendGaps + ' pauses in sending' : '');
  }

  function drawStrip(status) {
    var plan = status.plan || {};
    var link = status.csms || {};
    var hardware = status.hardware || {};
    var charging = (status.connectors || []).filter(function (c) { return c.status === 'Charging'; }).length;
    var active = (status.planners || []).filter(function (p) { return p.role === 'active'; })[0];
    var summary = [plan.totalPowerW, plan.gridLimitW, plan.state, plan.refusedPlans, link, hardware, charging, active && active.version];
    draw('strip', summary, function () {
      var limited = plan.gridLimitW !== undefined;
      return [
        tile('Power', kW(plan.totalPowerW, 1) + ' kW', charging + ' of ' + (status.connectors || []).length + ' guns charging'
          + (limited ? ', limit ' + kW(plan.gridLimitW, 0) + ' kW' : ', no limit'),
          limited && plan.gridLimitW > 0 ? bar(plan.totalPowerW / plan.gridLimitW) : null),
        tile('CSMS', badge(link.state || 'unknown', LINK_COLOURS[link.state] || 'grey'), (link.address || '')
          + (link.detail ? ' — ' + link.detail : '') + (link.queuedMessages ? ', ' + link.queuedMessages + ' messages wait' : ''),
          make('div', 'more', link.state === 'disconnected' ? button('Connect', '/csms/connect')
            : link.state && link.state !== 'absent' ? button('Disconnect', '/csms/disconnect', 'Disconnect from the CSMS? Sessions go on;'
              + ' messages wait until it is connected again.') : null)),
        tile('Plan', badge(plan.state || 'none', plan.state === 'fresh' ? 'green' : plan.state === 'held' ? 'amber' : 'red'),
          (active ? active.symbolicName + ' ' + active.version : 'no planner') + (plan.refusedPlans ? ', ' + plan.refusedPlans
            + ' refused' : '')),
        tile('Hardware', badge(hardware.condition || 'unknown', hardware.condition === 'ready' ? 'green' : hardware.condition === 'starting'
          ? 'amber' : 'red'), (hardware.name || '') + (hardware.detail ? ' — ' + hardware.detail : '')
          + (hardware.buses || []).map(busText).join(''))
      ];
    });
  }

  function button(text, path, question) {
    var element = make('button', '', text);
    element.type = 'button';
    element.addEventListener('click', function () { act(path, question); });
    return element;
  }

  function figure(value, unit) { return make('div', '', make('strong', '', value), make('span', '', unit)); }

  function drawGuns(connectors, now) {
    var ids = connectors.map(function (c) { return c.id; }).join();
    if (shown.gunIds !== ids) {
      shown.gunIds = ids;
      guns = {};
      fill(parts.guns, connectors.map(function (c) {
        var card = { live: make('div'), actions: make('div', 'actions') };
        card.element = make('div', 'gun', card.live, card.actions);
        guns[c.id] = card;
        return card.element;
      }));
    }
    connectors.forEach(function (c) { drawGun(guns[c.id], c, now); });
  }

  function drawGun(card, c, now) {
    var session = c.session;
    var running = session && session.transactionActive;
    var seconds = session && session.startedAt && running ? (now - new Date(session.startedAt)) / 1000 : undefined;
    var text = JSON.stringify([c, seconds === undefined ? 0 : duration(seconds)]);
    if (card.text !== text) {
      card.text = text;
      card.element.className = 'gun is-' + (STATUS_COLOURS[c.status] || 'grey');
      fill(card.live, gunLines(c, session, seconds));
    }
    var verbs = [];
    if (running) {
      verbs.push(c.status === 'SuspendedEVSE' ? 'resume' : 'pause', 'stop');
    }
    if (c.plugged && !running) { verbs.push('unlock'); }
    if (c.faults.length) { verbs.push('clear'); }
    if (card.verbs !== verbs.join()) {
      card.verbs = verbs.join();
      fill(card.actions, verbs.map(function (verb) {
        return button({ pause: 'Pause', resume: 'Resume', stop: 'Stop', unlock: 'Unlock', clear: 'Clear faults' }[verb],
          '/connectors/' + c.id + '/' + verb, verb === 'stop' ? 'End the transaction at ' + c.label + '?' : '');
      }));
    }
  }

  function gunLines(c, session, seconds) {
    var live = c.live;
    var lines = [make('div', 'head', make('b', '', c.label), badge(c.status, STATUS_COLOURS[c.status] || 'grey'))];
    if (session) {
      lines.push(make('div', 'figures', figure(kW(live.powerW, 1), 'kW'), figure(kWh(session.energyMilliWh), 'kWh'),
        figure(live.socPercent === undefined ? '–' : number(live.socPercent, 0) + ' %', 'SoC')));
      if (live.socPercent !== undefined) { lines.push(bar(live.socPercent / 100)); }
      lines.push(make('div', 'facts', [words(session.phase), seconds === undefined ? '' : duration(seconds),
        session.idTag ? 'tag ' + masked(session.idTag) : '', session.stopReason ? 'stopped: ' + session.stopReason : '']
        .filter(Boolean).join(' · ')));
    } else if (!c.faults.length) {
      lines.push(make('div', 'facts', (c.plugged ? 'vehicle plugged' : 'no vehicle') + ' · ' + kWh(live.registerMilliWh)
        + ' kWh delivered so far'));
    }
    c.faults.forEach(function (f) { lines.push(make('div', 'fault', '⚠ ' + words(f.cause) + (f.detail ? ': ' + f.detail : ''))); });
    if (c.gunContactorClosed || c.moduleIds.length) {
      lines.push(make('div', 'facts', [number(live.voltageV, 0) + ' V', number(live.currentA, 0) + ' A',
        c.gunContactorClosed ? 'contactor closed' : 'contactor open', c.moduleIds.join(' ')].filter(Boolean).join(' · ')));
    }
    // While a session is on its way the phase says the same, and a fault says it itself.
    if (c.info && c.status !== 'Preparing' && !c.faults.some(function (f) { return f.detail === c.info; })) {
      lines.push(make('div', 'facts', c.info));
    }
    return lines;
  }

  function signedKilowatts(watts) {
    return (watts > 0 ? '+' : '') + number(watts / 1000, 1) + ' kW';
  }

  /** How a planner's plans differed from the applied ones while it ran in the shadow. */
  function comparison(c) {
    if (!c || !c.cycles) { return []; }
    var guns = c.guns.filter(function (g) { return Math.abs(g.meanW) > 1 || Math.abs(g.greatestW) > 1; }).map(function (g) {
      return 'gun ' + g.connectorId + ' ' + signedKilowatts(g.meanW) + ' (at most ' + signedKilowatts(g.greatestW) + ')';
    });
    return [make('div', 'facts', 'in the shadow of ' + c.against + ': ' + number(c.differentCycles, 0) + ' of ' + number(c.cycles, 0)
        + ' plans differed' + (guns.length ? ', ' + guns.join(', ') : '')),
      make('div', 'facts', 'switching operations ' + c.candidate.operations + ' against ' + c.active.operations + ' · '
        + number(c.candidate.medianMs, 2) + ' ms for a plan against ' + number(c.active.medianMs, 2) + ' ms')];
  }

  function notes(planner) {
    var notes = make('div', '', planner.reason);
    comparison(planner.comparison).forEach(function (line) { notes.appendChild(line); });
    return notes;
  }

  function drawPlanners(planners) {
    var steady = planners.map(function (p) { return [p.bundleId, p.role, p.reason, Math.floor(p.roleSeconds / 5), p.version]; });
    draw('planners', steady, function () {
      return [planners.length ? table(['planner', 'role', 'since', 'accepted plans', ''], planners.map(function (p) {
        return [make('span', '', p.symbolicName + ' ', make('span', 'mono', p.version)), badge(p.role, ROLE_COLOURS[p.role] || 'grey'),
          duration(p.roleSeconds), number(p.plans, 0), notes(p)];
      })) : make('p', 'none', 'No planner is installed: no power is given.')];
    });
  }

  function drawJobs(jobs) {
    draw('jobs', jobs, function () {
      return [jobs.length ? table(['bundle', 'state', 'since', ''], jobs.slice(0, 8).map(function (job) {
        return [make('span', '', job.symbolicName ? job.symbolicName + ' ' : 'a file ', make('span', 'mono', job.version)),
          badge(JOB_WORDS[job.state] || job.state, JOB_COLOURS[job.state] || 'grey'), make('span', 'nowrap', moment(job.changedAt)),
          job.reason];
      })) : make('p', 'none', 'Nothing was installed in the field yet.')];
    });
  }

  function drawBundles(bundles) {
    draw('bundles', bundles, function () {
      return [table(['bundle', 'version', 'state', 'from'], bundles.map(function (b) {
        return [b.name, make('span', 'mono', b.version), badge(b.state, b.state === 'active' ? 'green' : b.state === 'resolved' ? 'amber'
          : 'red'), make('span', 'soft', b.location.indexOf('dist:') === 0 ? 'distribution' : b.location.split(':').slice(0, 2).join(':'))];
      }))];
    });
  }

  function drawConfiguration(configuration) {
    draw('configuration', configuration, function () {
      if (!configuration) { return [make('p', 'none', 'The configuration is not there; is the bundle dcocpp.config active?')]; }
      var errors = configuration.findings.filter(function (f) { return f.severity === 'error'; }).length;
      var lines = [make('p', 'none', badge(errors ? 'the last change is not in force' : 'in force', errors ? 'red' : 'green'),
        ' ', make('span', 'mono', configuration.file), configuration.appliedAt ? ' since ' + moment(configuration.appliedAt) : '')];
      if (configuration.findings.length) {
        lines.push(table(['where', '', 'what is wrong', 'what would be right'], configuration.findings.map(function (f) {
          return [make('span', 'mono', f.pointer || 'the whole file'), badge(f.severity, f.severity === 'error' ? 'red' : 'amber'),
            f.problem, f.remedy];
        })));
      }
      return lines;
    });
  }

  // ---- the page --------------------------------------------------------------------------------------------------------

  function section(name, title, className) {
    parts[name] = make('div', className || '');
    return [title ? make('h2', '', title) : null, parts[name]];
  }

  function uploadForm() {
    var file = make('input');
    file.type = 'file';
    file.accept = '.jar';
    file.setAttribute('aria-label', 'bundle');
    var install = make('button', 'main', 'Install');
    var says = make('div', 'says');
    var form = make('form', '', file, install, make('span', 'soft', 'A planner runs beside the old one until it has proven itself;'
      + ' other bundles are replaced in place where the state of the charger allows it.'));
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      if (!file.files.length) { say(says, 'Choose a jar first.', 'red'); return; }
      install.disabled = true;
      say(says, 'Sending…', '');
      call('POST', '/bundles', file.files[0]).then(function () { say(says, '', ''); form.reset(); },
        function (problem) { say(says, problem.message, 'red'); }).then(function () { install.disabled = false; refresh(); });
    });
    return make('div', 'panel padded', form, says);
  }

  function passwordForm() {
    var current = make('input'), fresh = make('input'), says = make('div', 'says'), change = make('button', '', 'Change');
    current.type = fresh.type = 'password';
    current.placeholder = 'current password';
    fresh.placeholder = 'new password, 12 characters or more';
    current.autocomplete = 'current-password';
    fresh.autocomplete = 'new-password';
    fresh.size = 34;
    var form = make('form', '', current, fresh, change);
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      call('POST', '/console/password', JSON.stringify({ currentPassword: current.value, newPassword: fresh.value }))
        .then(function () { form.reset(); say(says, 'Changed. The browser asks for it now.', ''); },
          function (problem) { say(says, problem.message, 'red'); });
    });
    return make('details', '', make('summary', '', 'Change the console’s password'), form, says);
  }

  function build() {
    var anchor = make('a');
    anchor.id = 'install';
    parts.banner = make('div', 'banner');
    parts.says = make('div', 'says');
    parts.ring = make('div', 'ring');
    parts.shares = make('div');
    var children = [parts.banner, parts.says].concat(section('strip', '', 'strip'), section('guns', 'Guns', 'guns'),
      [make('h2', '', 'Power sharing'), make('div', 'panel dispatch', parts.ring, parts.shares)],
      section('planners', 'Planners', 'panel'), [anchor, make('h2', '', 'Hot update'), uploadForm()], section('jobs', '', 'panel'),
      section('bundles', 'Bundles', 'panel'), section('configuration', 'Configuration', 'panel'), [passwordForm()]);
    parts.jobs.style.marginTop = '12px';
    fill(root, children);
  }

  function show(status) {
    parts.banner.textContent = status.available ? '' : 'The controller has not reported yet. Is the bundle dcocpp.controller active?';
    drawStrip(status);
    drawGuns(status.connectors || [], new Date(status.at));
    sharing.refresh(status);
    drawPlanners(status.planners || []);
    drawJobs(status.installJobs);
    drawBundles(status.bundles);
    drawConfiguration(status.configuration);
    showPlace();
  }

  var sharing = window.dcocppSharing({ make: make, fill: fill, draw: draw, table: table, call: call, kW: kW, parts: parts });
  var placeShown = false;

  /** The upload form of the page Bundles leads to a place that is there only now. */
  function showPlace() {
    var place = placeShown ? null : document.getElementById(window.location.hash.slice(1));
    placeShown = true;
    if (place) { place.scrollIntoView(); }
  }

  var asking = false;

  function refresh() {
    if (asking) { return Promise.resolve(); }
    asking = true;
    return call('GET', '/status').then(show, function (problem) {
      parts.banner.textContent = 'No answer from the charger: ' + problem.message + ' What you see is old.';
    }).then(function () { asking = false; });
  }

  function loop() {
    var next = function () { window.setTimeout(loop, PERIOD_MS); };
    if (document.hidden) { next(); } else { refresh().then(next); }
  }

  // The console's frame does not say this itself; without it a phone shows the page of a desktop.
  var viewport = make('meta');
  viewport.name = 'viewport';
  viewport.content = 'width=device-width, initial-scale=1';
  document.head.appendChild(viewport);

  build();
  loop();
})();
