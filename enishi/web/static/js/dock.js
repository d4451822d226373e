// The dock repeats the page's one act; it waits while the same button can be seen.
const dock = document.querySelector("[data-dock].dock--later");
const act = document.querySelector(".next__act");

if (dock && act) {
  const watch = new IntersectionObserver(([entry]) => {
    dock.classList.toggle("is-away", entry.isIntersecting);
  });
  dock.classList.add("is-watched");
  watch.observe(act);
}
