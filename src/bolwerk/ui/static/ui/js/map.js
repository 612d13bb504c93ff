/* A map without tiles: our own shapes on a calm ground, and the list beside it that lights up with them. */
(() => {
  "use strict";
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
  const every = (coordinates, visit) => {
    if (typeof coordinates[0] === "number") visit(coordinates);
    else coordinates.forEach((inner) => every(inner, visit));
  };
  const around = (collection) => {
    const bounds = new maplibregl.LngLatBounds();
    collection.features.forEach((feature) => feature.geometry && every(feature.geometry.coordinates, (at) => bounds.extend([at[0], at[1]])));
    return bounds;
  };
  const drawing = (collection) => {
    const tone = ["match", ["get", "tone"], "attention", colour("--bw-accent"), "quiet", colour("--bw-series-4"), colour("--bw-house")];
    const chosen = ["boolean", ["feature-state", "chosen"], false];
    return {
      version: 8,
      sources: { things: { type: "geojson", data: collection, promoteId: "id" } },
      layers: [
        { id: "ground", type: "background", paint: { "background-color": colour("--bw-ground") } },
        { id: "areas", type: "fill", source: "things", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": tone, "fill-opacity": ["case", chosen, 0.85, 0.4] } },
        { id: "edges", type: "line", source: "things", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": tone, "line-width": ["case", chosen, 4, 1.5] } },
        { id: "points", type: "circle", source: "things", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-color": tone, "circle-radius": ["case", chosen, 11, 7], "circle-stroke-color": colour("--bw-paper"), "circle-stroke-width": 2 } },
      ],
    };
  };

  document.querySelectorAll("[data-map]").forEach((frame) => {
    if (!window.maplibregl) return;
    const collection = JSON.parse(document.getElementById(frame.dataset.map).textContent);
    maplibregl.setWorkerUrl(frame.dataset.worker);
    frame.hidden = false;
    let map;
    try {
      map = new maplibregl.Map({
        container: frame, style: drawing(collection), bounds: around(collection), fitBoundsOptions: { padding: 40, maxZoom: 17 },
        attributionControl: false, dragRotate: false, pitchWithRotate: false, cooperativeGestures: false,
        fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200,
        locale: { "NavigationControl.ZoomIn": frame.dataset.closer, "NavigationControl.ZoomOut": frame.dataset.further, "Map.Title": document.getElementById(frame.closest("section").getAttribute("aria-labelledby")).textContent },
      });
    } catch { frame.hidden = true; return; } /* no WebGL: the list says the same */
    map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
    const items = new Map([...frame.closest("section").querySelectorAll("[data-map-item]")].map((item) => [item.dataset.mapItem, item]));
    let now = null;
    const choose = (id) => {
      if (now !== null) { map.setFeatureState({ source: "things", id: now }, { chosen: false }); items.get(now)?.removeAttribute("data-chosen"); }
      now = id;
      if (id === null) return;
      map.setFeatureState({ source: "things", id }, { chosen: true });
      items.get(id)?.setAttribute("data-chosen", "");
    };
    map.on("load", () => {
      frame.dataset.drawn = "yes";
      items.forEach((item, id) => {
        item.addEventListener("pointerenter", () => choose(id));
        item.addEventListener("focusin", () => choose(id));
      });
      ["areas", "points"].forEach((layer) => {
        map.on("mousemove", layer, (event) => { map.getCanvas().style.cursor = "pointer"; choose(String(event.features[0].properties.id)); });
        map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; choose(null); });
        map.on("click", layer, (event) => items.get(String(event.features[0].properties.id))?.querySelector("a")?.click());
      });
    });
  });
})();
