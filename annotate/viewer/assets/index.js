// Made by `make pages` from annotate/viewer/frontend
var v=/^(class|id|for|type|role|title|hidden|open|checked|name|value|dir|tabindex|lang|colspan|rowspan|scope|data-[a-z]+|aria-[a-z]+)$/;
function c(e,t={},...o){let n=document.createElement(e);for(let[s,a]of Object.entries(t))a!==!1&&a!==null&&a!==void 0&&C(
n,s,a);return n.append(...E(o)),n}function C(e,t,o){if(!v.test(t))throw new Error(`a page does not set the attribute ${t}`);
e.setAttribute(t,o===!0?"":String(o))}function E(e){return e.flat().filter(t=>t!=null)}function i(e){let t=document.querySelector(e);if(!(t instanceof HTMLElement))throw new Error(`the page has no ${e}`);return t}
var h=/([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069])/;function L(e){return e.split(h).
filter(t=>t!=="").map(t=>h.test(t)?k(t):document.createTextNode(t))}function k(e){let t=e.charCodeAt(0).toString(16).toUpperCase().
padStart(4,"0");return c("span",{class:"control","data-label":`U+${t}`},e)}function b(e,t,o){return c(e,{dir:"auto",...t},
...L(o))}function u(e){return e.toLocaleString("en-US")}function x(e,t){return`${u(e)} ${t}${e===1?"":"s"}`}var d=100,y="",N="none",f=i("#filters"),O=i("#documents").tBodies[0],$=i("#previous"),w=i("#next"),m=[],l=[],r=0;async function A(){
let e=atob(i("#rows").textContent),t=new Uint8Array(e.length);for(let s=0;s<e.length;s+=1)t[s]=e.charCodeAt(s);let o=new Blob(
[t]).stream().pipeThrough(new DecompressionStream("gzip"));return(await new Response(o).text()).split(`
`).slice(0,-1).flatMap((s,a)=>T(JSON.parse(s),a))}function T(e,t){return e.names.map((o,n)=>({name:o,found:e.found[n],problems:e.
problems[n],categories:e.categories[n],page:t,at:n}))}function p(e){return f.elements.namedItem(e)}function S(){let e=p(
"name").value.trim().toLowerCase(),t=p("category").value,o=p("problems").checked;l=m.filter(n=>(e===""||n.name.toLowerCase().
includes(e))&&(t===y||U(n,t))&&(!o||n.problems>0)),g(0)}function U(e,t){return t===N?e.found===0:e.categories.includes(Number(
t))}function g(e){r=e;let t=l.slice(r,r+d);O.replaceChildren(...t.map(z)),$.disabled=r===0,w.disabled=r+d>=l.length;let o=t.
length>0?`, ${u(r+1)} to ${u(r+t.length)}`:"",n=x(m.length,"document");i("#shown").textContent=`${u(l.length)} of ${n}${o}`}
function z(e){let t=b("a",{},e.name);return t.href=`pages/${String(e.page).padStart(6,"0")}.html#${e.at}`,c("tr",{},c("t\
d",{},t),c("td",{class:"figure"},u(e.found)),c("td",{class:"figure"},e.problems>0?u(e.problems):""))}$.addEventListener(
"click",()=>g(r-d));w.addEventListener("click",()=>g(r+d));f.addEventListener("input",S);f.addEventListener("submit",e=>e.
preventDefault());document.documentElement.dataset.ready="true";m=await A();f.hidden=!1;S();
