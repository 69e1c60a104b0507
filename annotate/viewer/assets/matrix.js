// Made by `make pages` from annotate/viewer/frontend
function u(e){let n=document.querySelector(e);if(!(n instanceof HTMLElement))throw new Error(`the page has no ${e}`);return n}var r=u("#filters"),h=u("#matrix"),p=5,d=[...h.rows[0].cells].slice(p),m=[...h.tBodies[0].rows];function l(e){return r.elements.
namedItem(e).value.trim().toLowerCase()}function g(){let e=l("documents"),n=new Set;return d.forEach((o,s)=>{o.textContent.
toLowerCase().includes(e)&&n.add(s)}),n}function C(e,n){let o=l("category"),s=l("state"),t=r.elements.namedItem("differ").
checked,c=l("facts"),f=`${e.cells[0].textContent} ${e.dataset.fact}`.toLowerCase(),a=[...e.cells].slice(p).filter((i,x)=>n.
has(x));return f.includes(c)&&(o===""||e.dataset.category?.toLowerCase()===o)&&(s===""||a.some(i=>i.classList.contains(s)))&&
(!t||new Set(a.map(i=>i.textContent)).size>1)}function w(){let e=g();d.forEach((t,c)=>{t.hidden=!e.has(c)});let n=new Set(
m.filter(t=>C(t,e))),o=new Set([...n].map(t=>t.dataset.category));for(let t of m){let c=t.classList.contains("category")&&
o.has(t.dataset.category);t.hidden=!n.has(t)&&!c,[...t.cells].slice(p).forEach((f,a)=>{f.hidden=!e.has(a)})}let s=d.length>
0?`, ${e.size} of ${d.length} documents`:"";u("#shown").textContent=`${n.size} of ${m.length} facts${s}`}r.addEventListener(
"input",w);r.addEventListener("submit",e=>e.preventDefault());r.hidden=!1;w();document.documentElement.dataset.ready="tr\
ue";
