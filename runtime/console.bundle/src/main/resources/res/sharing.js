/*
 * The part "Power sharing" of the page Charger: who asks, who gets, from which modules, why not more, and the ring as a picture.
 * charger.js loads after it and hands over its building blocks.
 */
window.dcocppSharing = function (page) {
  'use strict';

  var PERIOD_MS = 5000;
  var seen = '';
  var asked = 0;
  var pictures = 0;

  /** Asks when the plan has changed, and now and then: what a vehicle asks for is not in the status. */
  function refresh(status) {
    var plan = status.plan || {};
    var planned = (status.planners || []).some(function (planner) { return planner.role === 'active' && planner.plans > 0; });
    if (!planned && !(plan.islands || []).length) {
      show({ guns: [], none: 'There is no plan yet.' });
      return;
    }
    var now = JSON.stringify([plan.closedBusContactors, (plan.islands || []).map(function (island) {
      return [island.connectorId, island.slotIds, island.moduleIds, island.reason, Math.round(island.powerW / 1000)];
    }), (status.connectors || []).map(function (connector) { return connector.status; })]);
    if (now === seen && Date.now() - asked < PERIOD_MS) { return; }
    seen = now;
    asked = Date.now();
    page.call('GET', '/plan').then(show, function (problem) { show({ guns: [], none: problem.message }); });
  }

  function show(answer) {
    var active = answer.guns.filter(function (gun) { return gun.active; });
    page.draw('shares', [answer.none, answer.summary, active], function () {
      drawRing(answer);
      if (!active.length) { return [page.make('p', 'none', answer.none || 'No gun takes energy.')]; }
      return [page.table(['gun', 'asks', 'gets', 'from', 'why not more'], active.map(function (gun) {
        return [gun.connectorId, power(gun.requestW), power(gun.powerW), page.make('span', 'mono', gun.moduleIds.join(' ') || '–'), gun.why];
      }))];
    });
  }

  function power(watt) { return page.make('span', 'nowrap', page.kW(watt, 1) + ' kW'); }

  /** An image, so that nothing in it can ever run; it says in words what it shows. The old one stays until the new one is there. */
  function drawRing(answer) {
    if (answer.none) { page.fill(page.parts.ring, []); return; }
    var image = page.parts.ring.firstChild;
    if (!image) {
      image = page.make('img');
      page.parts.ring.appendChild(image);
    }
    image.alt = 'The ring of power modules: ' + answer.summary;
    image.src = window.location.origin + '/api/plan.svg?' + (++pictures);
  }

  return { refresh: refresh };
};
