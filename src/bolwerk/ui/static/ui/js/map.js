/* A map without tiles: our own shapes on a calm ground, and the list beside it that lights up with them. */
(() => {
  "use strict";
  const CLUSTER_FROM = 150; // points: with fewer, each is drawn by itself
  const CLUSTER_UNTIL = 16; // zoom: nearer than this, each is drawn by itself
  const BUILDINGS_FROM = 13; // zoom: further away a building is smaller than a dot
  const SETTLED = 200; // milliseconds without moving before buildings are asked for
  const NOTHING = { type: "FeatureCollection", features: [] };

  const look = getComputedStyle(document.documentElement);
  /* MapLibre does not know CSS variables or light-dark(): let the browser work them out. */
  const colour = (name) => {
    const probe = document.createElement("span");
    probe.hidden = true;
    document.body.append(probe);
    probe.style.color = `var(${name})`;
    const worked = getComputedStyle(probe).color;
    probe.remove();
    return worked || look.getPropertyValue(name);
  };
  const ask = (address, options) => fetch(address, options).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
  const every = (coordinates, visit) => {
    if (typeof coordinates[0] === "number") visit(coordinates);
    else coordinates.forEach((inner) => every(inner, visit));
  };
  const around = (collection) => {
    const bounds = new maplibregl.LngLatBounds();
    collection.features.forEach((feature) => feature.geometry && every(feature.geometry.coordinates, (at) => bounds.extend([at[0], at[1]])));
    return bounds;
  };
  const collected = (rows) => ({
    type: "FeatureCollection",
    features: rows.map(([longitude, latitude, tone, id, label]) => ({ type: "Feature", properties: { tone, id, label }, geometry: { type: "Point", coordinates: [longitude, latitude] } })),
  });

  const drawing = (collection) => {
    const tone = ["match", ["get", "tone"], "attention", colour("--bw-accent"), "quiet", colour("--bw-series-4"), colour("--bw-house")];
    const chosen = ["boolean", ["feature-state", "chosen"], false];
    const single = ["all", ["==", ["geometry-type"], "Point"], ["!", ["has", "point_count"]]];
    const many = collection.features.length >= CLUSTER_FROM;
    return {
      version: 8,
      sources: {
        ground: { type: "geojson", data: NOTHING },
        outlines: { type: "geojson", data: NOTHING },
        borders: { type: "geojson", data: NOTHING },
        things: { type: "geojson", data: collection, promoteId: "id", cluster: many, clusterMaxZoom: CLUSTER_UNTIL, clusterRadius: 44 },
      },
      layers: [
        { id: "paper", type: "background", paint: { "background-color": colour("--bw-paper") } },
        { id: "ground", type: "fill", source: "ground", paint: { "fill-color": colour("--bw-ground") } },
        { id: "outlines", type: "fill", source: "outlines", minzoom: BUILDINGS_FROM, paint: { "fill-color": colour("--bw-line"), "fill-outline-color": colour("--bw-control") } },
        { id: "borders", type: "line", source: "borders", paint: { "line-color": colour("--bw-control"), "line-width": 1.5, "line-dasharray": [3, 2] } },
        { id: "names", type: "symbol", source: "borders", layout: { "icon-image": ["concat", "name:", ["get", "name"]], "icon-padding": 6 } },
        { id: "areas", type: "fill", source: "things", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": tone, "fill-opacity": ["case", chosen, 0.85, 0.4] } },
        { id: "edges", type: "line", source: "things", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": tone, "line-width": ["case", chosen, 4, 1.5] } },
        { id: "clusters", type: "circle", source: "things", filter: ["has", "point_count"], paint: { "circle-color": colour("--bw-house"), "circle-radius": ["step", ["get", "point_count"], 15, 10, 18, 100, 22, 1000, 27], "circle-stroke-color": colour("--bw-paper"), "circle-stroke-width": 2 } },
        { id: "counts", type: "symbol", source: "things", filter: ["has", "point_count"], layout: { "icon-image": ["concat", "count:", ["get", "point_count_abbreviated"]], "icon-allow-overlap": true } },
        { id: "points", type: "circle", source: "things", filter: single, paint: { "circle-color": tone, "circle-radius": ["case", chosen, 11, 7], "circle-stroke-color": colour("--bw-paper"), "circle-stroke-width": 2 } },
      ],
    };
  };

  /* Letters on a map need files with glyphs; a number or a name is drawn by the browser itself. */
  const textAsImage = (text, { weight, ink, halo, wide }) => {
    const ratio = 2, height = 20, font = `${weight} 13px ${look.getPropertyValue("--bw-font") || "sans-serif"}`;
    const canvas = document.createElement("canvas");
    const measure = canvas.getContext("2d");
    measure.font = font;
    const width = wide || Math.ceil(measure.measureText(text).width) + 8;
    [canvas.width, canvas.height] = [width * ratio, height * ratio];
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    pen.font = font;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    if (halo) { pen.lineWidth = 3; pen.lineJoin = "round"; pen.strokeStyle = colour(halo); pen.strokeText(text, width / 2, height / 2 + 0.5); }
    pen.fillStyle = colour(ink);
    pen.fillText(text, width / 2, height / 2 + 0.5);
    return [pen.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: ratio }];
  };
  const IMAGES = { "count:": { weight: 600, ink: "--bw-on-house", wide: 48 }, "name:": { weight: 600, ink: "--bw-quiet", halo: "--bw-paper" } };
  const lettersFor = (map, id) => {
    const kind = Object.keys(IMAGES).find((begin) => id.startsWith(begin));
    if (kind) map.addImage(id, ...textAsImage(id.slice(kind.length), IMAGES[kind]));
  };

  const buildingsInView = (map, address) => {
    let waiting = 0, running = null;
    const fetchThem = async () => {
      running?.abort();
      if (map.getZoom() < BUILDINGS_FROM) return;
      running = new AbortController();
      const view = map.getBounds();
      const sides = { west: view.getWest(), south: view.getSouth(), east: view.getEast(), north: view.getNorth() };
      const query = new URLSearchParams(Object.entries(sides).map(([side, value]) => [side, value.toFixed(5)]));
      try { map.getSource("outlines").setData(await ask(`${address}?${query}`, { signal: running.signal })); } catch { /* the ground stays as it was */ }
    };
    map.on("moveend", () => { window.clearTimeout(waiting); waiting = window.setTimeout(fetchThem, SETTLED); });
    fetchThem();
  };

  const alive = (map, frame, collection) => {
    const items = new Map([...document.querySelectorAll("[data-map-item]")].map((item) => [item.dataset.mapItem, item]));
    const caption = frame.querySelector(".bw-map__caption"), silent = caption.textContent;
    const there = new Set(collection.features.map((feature) => feature.properties.id));
    const labels = new Map(collection.features.map((feature) => [feature.properties.id, feature.properties.label]));
    let now = null;
    const choose = (id) => {
      if (id === now) return;
      if (now !== null) { map.setFeatureState({ source: "things", id: now }, { chosen: false }); items.get(now)?.removeAttribute("data-chosen"); }
      now = id;
      caption.textContent = labels.get(id) || items.get(id)?.querySelector("a")?.textContent || silent;
      if (id === null) return;
      map.setFeatureState({ source: "things", id }, { chosen: true });
      items.get(id)?.setAttribute("data-chosen", "");
    };
    const open = (id) => {
      const link = items.get(id)?.querySelector("a");
      if (link) link.click();
      else if (frame.dataset.leadsTo) window.location.assign(frame.dataset.leadsTo.replace("ID", id));
    };
    items.forEach((item, id) => {
      if (!there.has(id)) return;
      item.addEventListener("pointerenter", () => choose(id));
      item.addEventListener("focusin", () => choose(id));
    });
    ["areas", "points"].forEach((layer) => {
      map.on("mousemove", layer, (event) => { map.getCanvas().style.cursor = "pointer"; choose(String(event.features[0].properties.id)); });
      map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; choose(null); });
      map.on("click", layer, (event) => open(String(event.features[0].properties.id)));
    });
    map.on("click", "clusters", async (event) => {
      const [{ properties, geometry }] = event.features;
      const zoom = await map.getSource("things").getClusterExpansionZoom(properties.cluster_id);
      map.easeTo({ center: geometry.coordinates, zoom: zoom + 0.5 });
    });
    map.on("mouseenter", "clusters", () => { map.getCanvas().style.cursor = "zoom-in"; });
    map.on("mouseleave", "clusters", () => { map.getCanvas().style.cursor = ""; });
  };

  const draw = (frame, collection) => {
    if (!collection.features.some((feature) => feature.geometry)) { frame.hidden = true; return; }
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const title = document.getElementById(frame.closest("section").getAttribute("aria-labelledby")).textContent;
    const map = new maplibregl.Map({
      container: frame.querySelector(".bw-map__drawing"), style: drawing(collection), bounds: around(collection), fitBoundsOptions: { padding: 40, maxZoom: 16.5 }, maxZoom: 20,
      attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, cooperativeGestures: matchMedia("(pointer: coarse)").matches, fadeDuration: still ? 0 : 200,
      locale: { "NavigationControl.ZoomIn": frame.dataset.closer, "NavigationControl.ZoomOut": frame.dataset.further, "Map.Title": title, "CooperativeGesturesHandler.MobileHelpText": frame.dataset.twoFingers },
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
    map.on("styleimagemissing", ({ id }) => lettersFor(map, id));
    map.on("load", () => {
      frame.dataset.drawn = "yes";
      alive(map, frame, collection);
      if (frame.dataset.ground) ask(frame.dataset.ground).then((area) => map.getSource("ground").setData(area)).catch(() => undefined);
      if (frame.dataset.borders) ask(frame.dataset.borders).then((areas) => { map.getSource("borders").setData(areas); frame.dataset.bordered = areas.features.length; }).catch(() => undefined);
      if (frame.dataset.outlines) buildingsInView(map, frame.dataset.outlines);
    });
  };

  document.querySelectorAll("[data-map]").forEach(async (frame) => {
    if (!window.maplibregl) return;
    maplibregl.setWorkerUrl(frame.dataset.worker);
    frame.hidden = false;
    try {
      const collection = frame.dataset.points ? collected((await ask(frame.dataset.points)).points) : JSON.parse(document.getElementById(frame.dataset.map).textContent);
      draw(frame, collection);
    } catch { frame.hidden = true; } /* no WebGL, or no connection: the list says the same */
  });
})();
