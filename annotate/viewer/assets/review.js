// Made by `make pages` from annotate/viewer/frontend
var i=JSON.parse(document.getElementById("data")?.textContent??""),We=new Map(i.outcomes.map(t=>[t.name,t])),No=i.documents.
some(t=>t.units),X=We.size>0&&!No,L=i.outcomes.some(t=>t.change);function G(t){return We.get(t.outcome??"")}function k(t){
return i.categories[t.category]}function C(t){return i.layers[t.layer]}function ct(t){return[...i.layers.keys()].filter(
n=>i.layers[n].side===t).sort((n,o)=>i.layers[n].column-i.layers[o].column)}function ae(){return[...ct("left"),...ct("ri\
ght")]}var jo=/^(class|id|for|type|role|title|hidden|open|checked|name|value|dir|tabindex|lang|colspan|rowspan|scope|data-[a-z]+|aria-[a-z]+)$/;
function s(t,e={},...n){let o=document.createElement(t);for(let[r,a]of Object.entries(e))a!==!1&&a!==null&&a!==void 0&&Po(
o,r,a);return o.append(...ze(n)),o}function Po(t,e,n){if(!jo.test(e))throw new Error(`a page does not set the attribute ${e}`);
t.setAttribute(e,n===!0?"":String(n))}function ze(t){return t.flat().filter(e=>e!=null)}function $(t,...e){t.replaceChildren(
...ze(e))}function g(t,e,...n){let o=s("button",{type:"button",...t},...n);return o.addEventListener("click",e),o}function d(t){
let e=document.querySelector(t);if(!(e instanceof HTMLElement))throw new Error(`the page has no ${t}`);return e}var Ue=/([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069])/;
function D(t){return t.split(Ue).filter(e=>e!=="").map(e=>Ue.test(e)?Ro(e):document.createTextNode(e))}function Ro(t){let e=t.
charCodeAt(0).toString(16).toUpperCase().padStart(4,"0");return s("span",{class:"control","data-label":`U+${e}`},t)}function f(t,e,n){
return s(t,{dir:"auto",...e},...D(n))}function I(t,...e){return s("section",{},s("h3",{},t),...e)}function y(t){d(".spok\
en").textContent=t}function ie(t,e){return t.style.setProperty("--hue",`var(--hue-${e.hue})`),t.style.setProperty("--line",e.pattern),t}function B(t){
return ie(s("span",{class:"swatch","aria-hidden":"true"},t.code),t)}function Lt(t){let e=t.error?"error":"fine";return s(
"span",{class:`sign ${e}`,"aria-hidden":"true"},t.sign)}function yt(t){let e=G(t);if(!e)return null;let n=e.error?"error":
"fine";return s("span",{class:`badge ${n}`,title:e.explained},s("span",{class:"sign","aria-hidden":"true"},e.sign),e.label)}
function M(t){return s("kbd",{},t)}var l={document:0,selected:null,tab:"details",everywhere:!1,query:"",keys:!0,hidden:{category:new Set,outcome:new Set,layer:new Set}},
Mt={};function lt(t,...e){Mt[t]=e}function ut(t,e){Mt[t]=[...Mt[t]??[],e]}function w(t){for(let e of Mt[t]??[])e()}function p(){
return i.documents[l.document]}function x(){return l.selected===null?void 0:p()?.marks[l.selected]}var Ve=[["j","k","next, previous annotation"],...L?[Je("c","C","next, previous change")]:[],...X?[Je("e","E","next, prev\
ious error")]:[],["d","D","next, previous document"],["Enter","","read about the annotation that has the focus"],["/","",
"search; Enter goes from hit to hit"],["t","","light, dark, or as the system has it"],["Esc","","choose nothing"],["?","",
"this list"]];function Je(t,e,n){return[t,e,n]}function qt(t){Ve.unshift(...t)}function Nt(){let t=d("#keys"),e=Ve.map(([
o,r,a])=>[s("dt",{},M(o),r?M(r):null),s("dd",{},a)]),n=i.outcomes.map(o=>[s("dt",{},Lt(o)),s("dd",{},s("b",{},o.label),`\
 ${o.explained}`)]);$(t,s("h2",{id:"keys-title"},"Keys"),s("dl",{},...e),n.length>0?[s("h2",{},"Signs"),s("dl",{},...n)]:
null,s("p",{class:"note"},"A line stands for a category; its hue, its pattern and its code are in the list of categories\
. Click again on words that carry several annotations to go through them."),Do(),g({class:"close"},()=>t.close(),"Close")),
t.showModal()}function Do(){let t=s("input",{type:"checkbox",id:"single-keys",checked:l.keys});return t.addEventListener(
"change",()=>{l.keys=t.checked}),s("p",{},t,s("label",{for:"single-keys"}," Single letters act as keys"))}function F(t){let{category:e,outcome:n,layer:o}=l.hidden;return!e.has(t.category)&&!n.has(t.outcome)&&!o.has(t.layer)}function Ze(t){
let{category:e,outcome:n,layer:o}=l.hidden;return[e.delete(t.category),n.delete(t.outcome),o.delete(t.layer)].includes(!0)}
function ce(t,e){return!e.partners?.some(n=>t.marks[n].layer<e.layer)}function tt(t){return!!G(t)?.error}function et(t){
return!!G(t)?.change}function ot(t,e=()=>!0){return[...t.marks.keys()].filter(n=>{let o=t.marks[n];return F(o)&&ce(t,o)&&
e(o)})}function xt(t,e){return(e.partners??[]).map(n=>t.marks[n])}function Ge(t){return G(t)?tt(t)?"error":et(t)?"good":
"calm":""}function q(t){let e=G(t),n=i.layers.length>1?[C(t).name]:[];return[k(t).name,...n,...e?[e.label]:[]].join(", ")}
function _({attributes:t}){return t.filter(([,e])=>e.length>0).map(([e,n])=>`${e} ${n.join(", ")}`).join(" · ")}function jt(t){let e=new WeakMap;return n=>{let o=e.get(n);if(o!==void 0)return o;let r=t(n);return e.set(n,r),r}}var Pt=jt(
t=>t.blocks.flatMap(e=>e.pieces)),N=jt(t=>Pt(t).map(e=>e.text).join("")),W=jt(t=>{let e=t.marks.map(()=>[]);for(let n of Pt(
t))for(let o of n.marks??[])e[o].push(n.text);return e.map(n=>n.join(""))}),Qe=jt(t=>{let e=[],n=0;for(let o of N(t))o.length>
1&&e.push(n),n+=1;return e});function A(t,e){return e+Qe(t).filter(n=>n<e).length}function bt(t,e){return e-Qe(t).filter(
(n,o)=>n+o<e).length}function dt(t){return t.marks.filter(e=>e.layer===0).length}function Rt(t){return t.refused.length+
t.chunks.filter(e=>!e.answered).length}function ft(t,e){return t?.chunks.find(n=>n.chunk===e)}var S={pieces:[],byMark:new Map,tags:new Map,groups:[]};function Ye(){S.pieces=[],S.byMark=new Map,S.tags=new Map,S.groups=
[]}function Xe(t){t.element.dataset.marks=t.marks.join(" "),S.pieces.push(t);for(let e of t.marks){let n=S.byMark.get(e);
n?n.push(t):S.byMark.set(e,[t])}}function tn(t){let e=S.byMark.get(t)?.map(n=>n.element)??[];return e.find(n=>n.getClientRects().
length>0)??e[0]}var wt=[];function nn(t){let e=document.createTreeWalker(t,NodeFilter.SHOW_TEXT);wt=[];let n=0;for(;e.nextNode();){let o=e.
currentNode;wt.push({node:o,start:n}),n+=o.length}}function H(t,e){let n=document.createRange(),o=en(t),r=en(e-1);return n.
setStart(o.node,t-o.start),n.setEnd(r.node,e-r.start),n}function on(t,e){let n=document.createRange();n.setStart(t,0),n.
setEnd(e.startContainer,e.startOffset);let o=n.toString().length;return{start:o,end:o+e.toString().length}}function en(t){
let e=0,n=wt.length-1;for(;e<n;){let o=Math.ceil((e+n)/2);wt[o].start<=t?e=o:n=o-1}return wt[e]}function Q(t){if(!t)return;let e=t instanceof Range?t.startContainer.parentElement:t,o=(t.getClientRects().length>0?t:e?.
closest(".block")??t).getBoundingClientRect();Io(e?.closest(".table"),o);let r=d("#text"),a=getComputedStyle(r).overflowY===
"auto",c=a?r.getBoundingClientRect():{top:0,height:innerHeight},u=o.top-c.top-c.height/2+Math.min(o.height,c.height/2)/2;
(a?r:window).scrollBy({top:u,behavior:"instant"})}function Io(t,e){if(!t)return;let n=t.getBoundingClientRect();(e.left<
n.left||e.right>n.right)&&(t.scrollLeft+=e.left-n.left-Math.max(0,n.width-e.width)/2)}function rn(){d("#text").scrollTop=
0}function K(t,{keepPanel:e=!1}={}){l.document=t,l.selected=null,w("document"),e||w("panel")}function j(t,e,{focus:n=!0,scroll:o=!0}={}){
t!==l.document&&K(t,{keepPanel:!0}),l.selected=e;let r=x();r&&Ze(r)&&w("filters"),w("selection"),mt("details"),o&&Q(tn(e)),
n&&S.tags.get(e)?.focus({preventScroll:!0})}function rt(){l.selected=null,w("selection"),w("panel")}function mt(t){l.tab=
t,w("panel"),d("#panel-body").scrollTop=0}function kt(t){let e=p(),n=ft(e,t);if(!e||!n)return;let o=A(e,n.start);Q(H(o,o+
1)),y(`Chunk ${t}`)}function U(t,e=()=>!0){let n=Bo(t,e);if(!n)return y("There is none.");let[o,r]=n;j(o,r);let a=i.documents[o],
c=ot(a,e),u=`${c.indexOf(r)+1} of ${c.length}`;return y(`${u}. ${q(a.marks[r])}: ${W(a)[r]}`)}function Bo(t,e){let n=i.documents.
length;for(let o=0;o<=n;o+=1){let r=(l.document+t*o+2*n*(o+1))%n,a=ot(i.documents[r],e),c=o>0?a:a.filter(m=>Fo(m,t)),u=t>
0?c[0]:c.at(-1);if(u!==void 0)return[r,u]}return null}function Fo(t,e){return l.selected===null?e>0:e>0?t>l.selected:t<l.
selected}function h(t){return t.toLocaleString("en-US")}function O(t,e){return`${h(t)} ${e}${t===1?"":"s"}`}function Dt(t,e){let n=new Map;
for(let o of t)n.set(e(o),(n.get(e(o))??0)+1);return n}function pt(t){return t.length===1?`Page ${h(t[0])}`:`Pages ${t.map(
h).join(", ")}`}function sn(){let t=i.documents.map((e,n)=>s("li",{},Ho(e,n)));return s("section",{class:"documents"},s("h2",{},O(i.documents.
length,"document")),s("ul",{},...t))}function Ho(t,e){let n={id:`document-${e}`,class:"document","aria-current":e===l.document?
"page":null},o=dt(t);return g(n,()=>K(e),f("span",{class:"name"},t.name),Ko(Rt(t)),s("span",{class:"count",title:O(o,"an\
notation")},h(o)))}function Ko(t){if(t===0)return null;let e=O(t,"problem");return s("span",{class:"warn",title:e,"aria-\
label":e},`! ${t}`)}function an(){if(i.layers.length<2)return null;let t=Dt(p()?.marks??[],n=>n.layer),e=ae().map(n=>({value:n,label:[_o(i.layers[n]),
i.layers[n].name],counts:[t.get(n)??0]}));return ue("Layers","layer",e)}function _o({side:t,faint:e}){return s("span",{class:`\
edge ${t}${e?" faint":""}`,"aria-hidden":"true"})}function cn(){let t=p();if(!t||i.outcomes.length===0)return null;let e=Dt(
t.marks.filter(r=>ce(t,r)),r=>r.outcome),o=i.outcomes.map(r=>({value:r.name,label:[Lt(r),r.label],counts:[e.get(r.name)??
0],title:r.explained})).filter(({value:r})=>e.has(r));return o.length>0?ue("Outcomes","outcome",o):null}function ln(){let t=p()?.
marks??[],e=ae(),n=e.map(c=>Dt(t.filter(u=>u.layer===c),u=>k(u))),o=i.categories.map((c,u)=>({value:u,label:[B(c),f("spa\
n",{class:"name"},c.name)],counts:n.map(m=>m.get(c)??0),title:c.definition.split(`
`)[0]})),r=e.map(c=>s("span",{},i.layers[c].name)),a=e.length>1?s("span",{class:"columns"},...r):null;return ue("Categor\
ies","category",o,a)}function ue(t,e,n,o){let r=n.map(({value:a})=>a);return s("fieldset",{class:`filter ${e}`},s("legen\
d",{},t),s("div",{class:"all"},g({id:`all-${e}`},()=>le(e,r,!0),"all"),g({id:`none-${e}`},()=>le(e,r,!1),"none"),o),...n.
map(a=>Wo(e,a)))}function Wo(t,{value:e,label:n,counts:o,title:r}){let a=`${t}-${e}`.replace(/[^\w-]/g,"-"),c=s("input",
{type:"checkbox",id:a,checked:!l.hidden[t].has(e)});return c.addEventListener("change",()=>le(t,[e],c.checked)),s("div",
{class:"choice",title:r},c,s("label",{for:a},...n),g({class:"only",id:`only-${a}`,"aria-label":"only this"},()=>Uo(t,e),
"only"),...o.map(u=>s("span",{class:u>0?"count":"count zero"},h(u))))}function le(t,e,n){for(let o of e)n?l.hidden[t].delete(
o):l.hidden[t].add(o);w("filters")}function Uo(t,e){let n={layer:[...i.layers.keys()],outcome:i.outcomes.map(o=>o.name),
category:[...i.categories.keys()]};l.hidden[t]=new Set(n[t].filter(o=>o!==e)),w("filters")}function It(){let t=document.activeElement?.closest("#rail")?document.activeElement.id:"";$(d("#rail"),g({class:"close",
id:"close-rail"},()=>ht(!1),"Close"),sn(),an(),cn(),ln(),zo()),t&&document.getElementById(t)?.focus()}function zo(){if(i.
facts.length===0)return null;let t=i.facts.flatMap(([e,n])=>[s("dt",{},e),f("dd",{},n)]);return s("details",{class:"run"},
s("summary",{},"About this run"),s("dl",{},...t))}function de(){return d("#rail").classList.contains("open")}function ht(t){
de()!==t&&(d("#rail").classList.toggle("open",t),d("#open-rail").setAttribute("aria-expanded",String(t)),d(t?"#close-rai\
l":"#open-rail").focus())}var Bt=200,E={texts:[],marks:[],at:-1};function fe(){return E.texts.length+E.marks.length}function me(){return d("#query")}
function un(){me().select()}function pe(){let t=me().value.trim();if(t===l.query)return;let e=l.query;l.query=t;let n=Jo(
t);E.texts=n?Vo(n):[],E.marks=n?Zo(n):[],E.at=-1,t?l.tab="results":e&&l.tab==="results"&&(l.tab="details"),w("panel"),vt()}
function Jo(t){let e=t.split(/\s+/).filter(Boolean).map(n=>n.replace(/[.*+?^${}()|[\]\\/-]/g,"\\$&"));return e.length>0?
new RegExp(e.join("\\s+"),"gi"):null}function dn(){let t=[...i.documents.keys()].filter(e=>e!==l.document);return i.documents.
length>0?[l.document,...t]:[]}function Vo(t){let e=[];for(let n of dn())for(let o of N(i.documents[n]).matchAll(t)){if(e.
length===Bt)return e;e.push({document:n,start:o.index,end:o.index+o[0].length})}return e}function Zo(t){let e=[];for(let n of dn())
i.documents[n].marks.forEach((o,r)=>{Go(o).search(t)>=0&&e.push({document:n,mark:r})});return e.slice(0,Bt)}function Go(t){
return`${q(t)} ${_(t)} ${(t.facts??[]).flat().join(" ")}`}function he(t){let e=E.texts[t];e&&(E.at=t,e.document!==l.document&&
K(e.document,{keepPanel:!0}),Q(H(e.start,e.end)),vt(),y(`Hit ${t+1} of ${E.texts.length}`))}function vt(){if(!("highligh\
ts"in CSS))return;let t=E.texts.filter(o=>o.document===l.document),e=t.filter(o=>o===E.texts[E.at]),n=o=>o.map(r=>H(r.start,
r.end));CSS.highlights.set("hit",new Highlight(...n(t))),CSS.highlights.set("hit-now",new Highlight(...n(e)))}function fn(t){
if(t.key==="Escape"&&(t.preventDefault(),me().value="",pe(),d("#text").focus()),t.key!=="Enter"||E.texts.length===0)return;
t.preventDefault();let e=t.shiftKey?-1:1,n=E.at<0&&t.shiftKey?0:E.at;he((n+e+E.texts.length)%E.texts.length)}var Qo={light:"M12 4V2m0 20v-2m8-8h2M2 12h2m13.7-5.7 1.4-1.4M4.9 19.1l1.4-1.4m11.4 0 1.4 1.4M4.9 4.9l1.4 1.4M12 8a4 4 0 \
1 0 0 8 4 4 0 0 0 0-8Z",dark:"M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",auto:"M12 3a9 9 0 1 0 0 18Zm0 0a9 9 0\
 0 1 0 18",previous:"m15 5-7 7 7 7",next:"m9 5 7 7-7 7"};function Ft(t){let e="http://www.w3.org/2000/svg",n=document.createElementNS(
e,"svg"),o=document.createElementNS(e,"path");return n.setAttribute("viewBox","0 0 24 24"),n.setAttribute("aria-hidden",
"true"),o.setAttribute("d",Qo[t]),n.append(o),n}var Ht=["auto","light","dark"],mn="annotate-theme";function Kt(){let t=Ht.findIndex(e=>e===document.documentElement.dataset.
theme);hn(Ht[(t+1)%Ht.length])}function pn(){hn(Yo())}function hn(t){document.documentElement.dataset.theme=t;let e=d("#\
theme");e.replaceChildren(Ft(t)),e.setAttribute("aria-label",`Theme: ${t}`),e.title=`Theme: ${t} (t)`;try{localStorage.setItem(
mn,t)}catch{}}function Yo(){try{return Ht.find(t=>t===localStorage.getItem(mn))??"auto"}catch{return"auto"}}var ge={j:()=>U(1),k:()=>U(-1),e:()=>U(1,tt),E:()=>U(-1,tt),c:()=>U(1,et),C:()=>U(-1,et),d:()=>gn(1),D:()=>gn(-1),"/":un,
"?":Nt,t:Kt,Escape:()=>de()?ht(!1):rt()};function _t(t){Object.assign(ge,t)}var Xo="input:not([type=checkbox], [type=rad\
io]), textarea, select, dialog[open]",tr=["?","Escape"];function gn(t){let e=i.documents.length;K((l.document+t+e)%e)}var yn=()=>!1;
function xn(t){yn=t}function bn(t){let e=t.target instanceof Element?t.target:null;if(e?.closest(Xo)||t.ctrlKey||t.metaKey||
t.altKey||t.isComposing||yn(t))return;let n=e?.closest(".tag");t.key==="Enter"&&n instanceof HTMLElement?(t.preventDefault(),
nr(n)):er(t.key)&&(t.preventDefault(),ge[t.key]())}function er(t){return!Object.hasOwn(ge,t)||i.documents.length===0&&t!==
"?"?!1:l.keys||tr.includes(t)}function nr(t){j(l.document,Number(t.dataset.mark),{focus:!1,scroll:!1}),d(".subject").focus()}
function wn(t){let e=t.target,n=e.closest(".tag");if(n instanceof HTMLElement)return j(l.document,Number(n.dataset.mark),
{scroll:!1});let o=e.closest(".marked"),r=getSelection()?.isCollapsed===!1;if(!(o instanceof HTMLElement)||r)return;let a=(o.
dataset.marks??"").split(" ").map(Number).filter(u=>F(p().marks[u])),c=l.selected===null?-1:a.indexOf(l.selected);return j(
l.document,a[(c+1)%a.length],{scroll:!1})}var or=new Intl.DisplayNames(["en"],{type:"language"});function kn(t){try{return or.of(t)??t}catch{return t}}function Wt({
language:t,others:e}){let n=e.map(kn).join(", ");return t?[kn(t),...n?[`parts in ${n}`]:[]].join(", "):n&&`parts in ${n}`}function z(t,e,{withCategory:n=!0}={}){let o=i.documents[t],r=o.marks[e],a=W(o)[e];return g({class:"quote","aria-label":`${q(
r)}: ${a}`,"data-goto":`${t}:${e}`},()=>j(t,e),n?rr(r):yt(r),f("span",{class:"said"},a.trim()),s("span",{class:"stated"},
_(r)))}function rr(t){let e=k(t);return s("span",{class:"line"},B(e),s("span",{class:"name"},e.name),yt(t))}function Ut(t,e){
return t===e?null:f("li",{class:"from"},i.documents[t].name)}function $n(t,e){let n=xt(t,e),o=[e,...n].sort((c,u)=>u.layer-c.layer),r=sr(o).flatMap(c=>ar(c,o,e)),a=n.filter(c=>c.start!==
e.start||c.end!==e.end||c.category!==e.category);return[r.length>0?s("h3",{},"Attributes"):null,r.length>0?s("dl",{class:"\
attributes"},...r):null,...a.map(c=>cr(t,c))]}function sr(t){return[...new Set(t.flatMap(e=>e.attributes.map(([n])=>n)))]}
function ar(t,e,n){let o=k(n).attributes[t],r=n.differs?.includes(t)??!1,a=e.length>1&&r?e.map(c=>vn(c,t,C(c).name,e)):[
vn(n,t,"",[n])];return[s("dt",{title:o?.definition},f("bdi",{},t),r?s("span",{class:"flag"},"differs"):null),s("dd",{},...a,
...ir(t,e,o))]}function vn(t,e,n,o){let r=ye(t,e).map(a=>{let c=o.every(u=>ye(u,e).includes(a));return f("span",{class:c?
"value":"value odd"},a)});return s("div",{class:"values"},n?s("span",{class:"whose"},n):null,r.length>0?r:s("span",{class:"\
none"},"nothing stated"))}function ye(t,e){return t.attributes.find(([n])=>n===e)?.[1]??[]}function ir(t,e,n){if(!n)return[];
let r=[...new Set(e.flatMap(a=>ye(a,t)))].filter(a=>Object.hasOwn(n.values,a));return r.length===0?[s("p",{class:"note"},
n.definition)]:r.map(a=>s("p",{class:"note"},s("b",{},a),` ${n.values[a]}`))}function cr(t,e){return s("div",{class:"oth\
er"},s("p",{class:"whose"},`${C(e).name}: ${k(e).name}`),z(l.document,t.marks.indexOf(e)))}function $t(t){let{invalid:e,ungrounded:n,requests:o}=t,r=`characters ${h(t.start)}–${h(t.end)}`;return`${[`Chunk ${t.
chunk}, ${r}: ${t.status}`,o>1?`${O(o,"answer")} used`:"",e+n>0?`${e} invalid and ${n} ungrounded annotations sent back`:
"",t.note].filter(Boolean).join("; ")}.`}function Sn(t){if(t.length===0)return null;let n=s("table",{class:"ledger"},s("\
thead",{},s("tr",{},...["chunk","ended","found","answers","tokens"].map(o=>s("th",{"aria-label":o},o)))),s("tbody",{},...t.
map(lr)));return I("Chunks",n)}function lr(t){let e=[g({class:"link"},()=>kt(t.chunk),String(t.chunk)),t.status,h(t.annotations),
h(t.requests),h(t.tokens)];return s("tr",{class:t.answered?"":"lost",title:$t(t)},...e.map(n=>s("td",{},n)))}function En(t,e){return e.evidence?I("Evidence",...e.evidence.map(n=>fr(t,e,n))):null}var ur={exact:"Cited letter by let\
ter.",folded:"Cited with other white space, quotes, dashes, case or Markdown marks.",fuzzy:"Cited with two neighbouring \
letters swapped inside one long word."},dr={context:"What leads into this place was cited with the words.",unit:"Here al\
one they are a whole sentence or item.",order:"The order of the answer leaves this place.",ambiguous:"Nothing says which\
 place was meant."};function fr(t,e,{grounding:n,cited:o,part:r,places:a,choice:c,chunk:u}){let m=e.layer===0?ft(t,u):void 0;
return s("div",{class:"citation"},s("p",{},s("span",{class:`grounding ${n}`},n),` ${ur[n]??""}`),a>1?s("p",{},s("span",{
class:`placed ${c}`},c),` These words stand at ${a} places. ${dr[c]??""}`):null,o?On("cited",o):null,r?On(o?"printed":"c\
ited part",r):null,m?s("p",{class:"note"},$t(m)):null)}function On(t,e){return s("div",{class:"labelled"},s("span",{class:"\
whose"},t),f("q",{},e))}var Tn=[];function zt(t){Tn.push(t)}var Cn={label:"Details",draw(){let t=p();if(!t)return[s("p",{class:"quiet"},"This ru\
n holds no document.")];let e=x();return e?mr(t,e):[pr(t)]}};function mr(t,e){return[gr(e),...Tn.map(n=>n()),yr(t,e),xr(
t,e),br(e),...$n(t,e),En(t,e),wr(t,e),xe(k(e)),kr(t,e)]}function pr(t){let e=`${O(dt(t),"annotation")} in ${O(t.characters,
"character")}.`,n=["Click a highlight, or press ",M("j")," and ",M("k")];return s("div",{class:"opening"},s("p",{class:"\
large"},e),s("p",{},...n," to walk through them."),X&&!L&&t.report.length>0?s("p",{},M("e")," goes to the next error. Li\
nes above the words are gold, lines below are predicted."):null,s("p",{},M("/")," searches, ",M("?")," lists all keys an\
d signs."),hr(t))}function hr(t){let e=Wt(t);return I("This document",An([...e?[["language",e]]:[],...t.facts]))}function An(t){
let e=t.flatMap(([n,o])=>[f("dt",{},n),f("dd",{},o)]);return s("dl",{class:"facts"},...e)}function gr(t){let e=k(t);return s(
"h2",{class:"subject",tabindex:-1},B(e),f("span",{class:"name"},e.name),i.layers.length>1?s("span",{class:"of"},C(t).name):
null,yt(t))}function yr(t,e){let n=t.marks.indexOf(e),o=Pt(t).filter(r=>r.marks?.includes(n)).map(r=>{let a=!e.evidence||
(r.cited??r.marks??[]).includes(n);return s("span",{class:a?"words":"around"},...D(r.text))});return s("blockquote",{dir:"\
auto"},...o)}function xr(t,e){let n=`characters ${h(e.start)}–${h(e.end)}`,o=e.pages?`${pt(e.pages)}, `:"";return s("p",
{class:"place"},o,n," of ",f("bdi",{},t.name))}function br(t){return t.claimed?s("div",{class:"warning"},"It claims to q\
uote other words than stand at its place:",f("blockquote",{},t.claimed)):null}function wr(t,e){let n=xt(t,e).filter(r=>C(
r).side==="left"),o=[e,...n].flatMap(r=>r.facts??[]);return o.length>0?An(o):null}function xe(t){if(!t.definition)return s(
"p",{class:"quiet"},"The schema at hand has no definition of this category.");let[e,...n]=t.definition.split(`
`),o=s("details",{},s("summary",{},"All of it"),s("p",{class:"lines"},n.join(`
`).trim()));return s("section",{class:"definition"},s("h3",{},"Definition"),s("p",{},e),n.length>0?o:null)}function kr(t,e){
let n=xt(t,e),o=t.marks.flatMap((r,a)=>{let c=r.start<e.end&&e.start<r.end,u=r!==e&&!n.includes(r);return!c||!u||!F(r)?[]:
[s("li",{},z(l.document,a))]});return o.length===0?null:I("Also on these words",s("ul",{class:"quotes"},...o))}var qn={label:"Categories",draw(){let t=[...i.documents.keys()],e=t.filter(o=>l.everywhere||o===l.document),n=i.categories.
map((o,r)=>$r(r,e));return[t.length>1?vr():null,...n,Er()]}};function vr(){return s("div",{class:"scope",role:"group","a\
ria-label":"Which documents"},Ln("This document",!1),Ln("All documents",!0))}function Ln(t,e){let n=()=>{l.everywhere=e,
w("panel")};return g({"aria-pressed":String(l.everywhere===e)},n,t)}function $r(t,e){let n=i.categories[t],o=e.flatMap(c=>Or(
c,t));if(o.length===0)return null;let r=s("ul",{class:"quotes"}),a=s("details",{class:"category","data-category":t},s("s\
ummary",{},B(n),f("span",{class:"name"},n.name),s("span",{class:"count"},h(o.length))),n.definition?s("p",{class:"note"},
n.definition.split(`
`)[0]):null,r);return a.addEventListener("toggle",()=>{a.open&&r.childElementCount===0&&$(r,...Sr(o))}),a}function Sr(t){
return t.flatMap(([e,n],o)=>[l.everywhere?Ut(e,t[o-1]?.[0]):null,s("li",{},z(e,n,{withCategory:!1}))])}function Or(t,e){
return i.documents[t].marks.flatMap((n,o)=>n.category===e&&n.layer===0?[[t,o]]:[])}function Er(){let t=p()?.silence;if(!t||
t.silent.length+t.open.length===0)return null;let e="Every chunk of this document was answered, and nothing of these was\
 found.",n=`No silence is claimed: ${t.why}.`;return s("section",{class:"silence"},Mn("Silent",e,t.silent),Mn("Not found\
, and not known to be absent",n,t.open))}function Mn(t,e,n){if(n.length===0)return null;let o=n.map(r=>s("li",{},B(i.categories[r]),
f("span",{},i.categories[r].name)));return s("div",{},s("h3",{},t),s("p",{class:"note"},e),s("ul",{class:"names"},...o))}var jn={label:"Problems",count(){let t=p();return(t?Rt(t):0)+i.unreadable.length},draw(){let{chunks:t,refused:e}=p()??{chunks:[],
refused:[]},n=t.filter(c=>!c.answered),o=[Jt("Not read","These parts of the text are hatched: nothing is known about the\
m.",n.map(Cr)),Jt("Refused answers","They broke the schema or quoted words that the text does not hold, and no repair co\
rrected them.",e.map(Ar)),Jt("Unreadable inputs","",i.unreadable.map(Nn))],r=o.some(c=>c!==null),a=Jt("Skipped inputs","\
They were found where the inputs lead, and are not part of this run.",i.skipped.map(Nn));return[...r?o:[Tr(t)],a,Sn(t)]}};
function Jt(t,e,n){return n.length===0?null:I(t,e?s("p",{class:"note"},e):null,s("ul",{class:"problems"},...n))}function Tr(t){
let e=t.length>0?`All ${O(t.length,"chunk")} of this document were answered, and no answer was refused.`:"Nothing is kno\
wn of how this text was read.";return s("p",{class:"quiet"},e)}function Cr(t){let e=f("span",{},$t(t));return s("li",{},
g({class:"problem"},()=>kt(t.chunk),e))}function Ar(t){let{chunk:e}=t;return s("li",{class:"refused"},s("p",{},s("span",
{class:"badge error"},t.kind)," ",f("b",{},t.category||"no category")),t.quote?f("blockquote",{},t.quote):null,t.answer?
f("pre",{},t.answer):null,f("p",{class:"stated"},_(t)),s("ul",{class:"note"},...t.problems.map(n=>f("li",{},n))),e===null?
null:g({class:"link"},()=>kt(e),`chunk ${e}`))}function Nn({source:t,reason:e}){return s("li",{},f("b",{},t)," ",f("span",
{},e))}var Pn=4,Dn={label:L?"Changes":"Errors",when:()=>X,count:()=>Rn().length,draw(){let t=p()?.report??[],e=i.documents.length>
1||L?i.report:[],n=Rn().map(o=>s("li",{},z(l.document,o)));return[...[...e,...t].map(Lr),t.length>0?s("h3",{},O(n.length,
L?"change":"error")):s("p",{class:"quiet"},"There is no gold for this document."),s("ul",{class:"quotes"},...n)]}};function Rn(){
let t=p();return t?ot(t,L?et:tt):[]}function Lr({title:t,notes:e,columns:n,rows:o}){return s("section",{class:"report"},
f("h3",{},t),...e.slice(0,Pn).map(In),Mr(e.slice(Pn)),o.length>0?qr(n,o):null)}function In(t){return f("p",{class:"note"},
t)}function Mr(t){if(t.length===0)return null;let e=s("summary",{},`${h(t.length)} more`);return s("details",{},e,...t.map(
In))}function qr(t,e){let n=s("tr",{},...t.map(r=>s("th",{},r))),o=e.map(([r,...a])=>s("tr",{},f("th",{},r),...a.map(c=>s(
"td",{},c))));return s("table",{},s("thead",{},n),s("tbody",{},...o))}var be=36,Fn={label:"Results",when:()=>l.query!=="",count:fe,draw(){if(fe()===0)return[s("p",{class:"quiet"},"Nothing fo\
und.")];let{texts:t,marks:e}=E,n=i.documents.length>1;return[Bn("In the text",t.length,t.flatMap((o,r)=>[n?Ut(o.document,
t[r-1]?.document):null,s("li",{},Nr(o,r))])),Bn("In annotations",e.length,e.map(o=>s("li",{},z(o.document,o.mark))))]}};
function Bn(t,e,n){if(e===0)return null;let o=e===Bt?`the first ${e}`:h(e);return I(`${t}: ${o}`,s("ul",{class:"quotes"},
...n))}function Nr({document:t,start:e,end:n},o){let r=N(i.documents[t]),a=r.slice(Math.max(0,e-be),e),c=r.slice(n,n+be);
return g({class:"quote","data-hit":o},()=>he(o),s("span",{class:"said",dir:"auto"},"…",...D(e>be?a.replace(/^\S*\s/,""):
a),s("mark",{},...D(r.slice(e,n))),...D(c.replace(/\s\S*$/,"")),"…"))}var St={details:Cn,index:qn,problems:jn,report:Dn,results:Fn};function Hn(t,e){St[t]=e}function we(){let t=Object.keys(St).
filter(n=>St[n].when?.()??!0);t.includes(l.tab)||(l.tab="details"),$(d(".tabs"),...t.map(jr)),d(`#tab-${l.tab}`).scrollIntoView(
{block:"nearest",inline:"nearest"});let e=d("#panel-body");$(e,...St[l.tab].draw()),e.setAttribute("aria-labelledby",`ta\
b-${l.tab}`)}function jr(t){let{label:e,count:n}=St[t],o=t===l.tab,r=n?.()??0,a={class:"tab",role:"tab",id:`tab-${t}`,"a\
ria-selected":String(o),"aria-controls":"panel-body",tabindex:o?0:-1};return g(a,()=>Pr(t),e," ",r>0?s("span",{class:"co\
unt"},h(r)):null)}function Pr(t){mt(t),d(`#tab-${t}`).focus()}function Kn(t){let e=[...d(".tabs").children],n=e.findIndex(
a=>a===document.activeElement),o={ArrowRight:1,ArrowLeft:-1}[t.key];if(n<0||o===void 0)return;t.preventDefault();let r=e[(n+
o+e.length)%e.length];r.focus(),r.click()}function _n(t){return Un("/decisions",{method:"POST",headers:{"content-type":"application/json"},body:JSON.stringify(t)})}
function Wn(t){return Un(`/changes?since=${t}`,{})}async function Un(t,e){try{let n=await fetch(t,e);if(n.headers.get("c\
ontent-type")?.startsWith("application/json")){let o=await n.json();return{news:o.documents&&o,...o}}return{problems:[`n\
ot kept: ${(await n.text()).trim()}`]}}catch{return{problems:["not kept: the server does not answer. Is annotate review \
still running?"]}}}var b=i.review,ke=[],Rr=300*1e3;function ve(){let t=new Map;return i.documents.forEach((e,n)=>{e.marks.forEach((o,r)=>t.
set(o.decided?.id,[n,r]))}),t}function Ot(){let t=i.documents.flatMap(e=>e.marks.filter(n=>n.decided?.id));return{done:t.
filter(e=>!Dr(e)).length,all:t.length}}function Dr(t){return t.outcome==="open"||t.outcome==="skipped"}function zn(){let t=Date.
now(),e=ke.filter(o=>t-o<Rr),n=(t-e[0])/6e4;return e.length<3?0:e.length/n}var Vt={id:"",text:""};function $e(t){return Vt.id===t?Vt.text:void 0}function Jn(){Vt.id=""}function Vn(t,e,n){let o=s(
"input",{type:"text",id:"remark","aria-keyshortcuts":"w"});return o.autocomplete="off",o.value=$e(t)??e,o.addEventListener(
"input",()=>Object.assign(Vt,{id:t,text:o.value})),o.addEventListener("keydown",r=>{r.key==="Enter"&&n(),(r.key==="Enter"||
r.key==="Escape")&&d("#text").focus()}),s("div",{class:"remark"},s("label",{for:"remark"},"Why ",M("w")),o)}function Zn(){
document.getElementById("remark")?.focus()}function J(){return b.chunks.find(t=>!t.read)}function Gn(t,e){let n=J();return n?t.id===n.document&&n.start<=e.start&&e.
start<n.end:!0}function Qn(t){let e=J();return e&&e.document===t.id?e.start:0}function st(){let t=J(),e=i.documents.findIndex(
o=>o.id===t?.document);if(!t||e<0)return y("All chunks are read.");e!==l.document&&K(e,{keepPanel:!0}),rt();let n=A(i.documents[e],
t.start);return Q(H(n,n+1)),d("#text").focus({preventScroll:!0}),y("Read this chunk to its end and add what is missing; \
r says that it is read.")}function Zt(){if(!("highlights"in CSS))return;CSS.highlights.delete("outside");let t=J(),e=p();
if(!t||e?.id!==t.document)return;let[n,o,r]=[A(e,t.start),A(e,t.end),N(e).length],a=[];n>0&&a.push(H(0,n)),o<r&&a.push(H(
o,r)),CSS.highlights.set("outside",new Highlight(...a))}var T={now:null};function Gt(){let t=p(),e=x();if(!t?.id||!e?.decided)return y("Choose an annotation first.");let{id:n,n:o,
attributes:r,status:a,must_find:c,why:u}=e.decided;return n?Yn({action:"correct",id:n,seen:o,document:t.id,category:k(e).
name,attributes:structuredClone(r),start:e.start,end:e.end,exact:!Fr(t,e.start,e.end),status:a,must_find:c,why:u}):y("Go\
ld is not decided on here.")}function Qt(){let t=p();if(!t?.id)return;let[e,n]=Xn(t)??Ir(t);Yn({action:"add",id:"",seen:0,
document:t.id,category:"",attributes:{},start:e,end:n,exact:!1,status:"required",must_find:!1,why:""}),no()}function Yn(t){
T.now=t,it.problems=[],Yt(),mt("edit"),at(),d(t.action==="add"?"#draft-category":".drafted").focus()}function Et(){T.now=
null,it.problems=[],at(),mt("details"),d("#text").focus()}function Xn(t){let e=d(".sheet"),n=getSelection();if(!n||n.isCollapsed||
n.rangeCount===0)return null;let o=n.getRangeAt(0);if(!e.contains(o.commonAncestorContainer))return null;let{start:r,end:a}=on(
e,o);return N(t).slice(r,a).trim()?[bt(t,r),bt(t,a)]:null}function Ir(t){let e=t.units??[],n=x()?.end??Qn(t);return e.find(
([o])=>o>=n)??e.at(-1)??[0,1]}function Se(){let t=p(),e=t&&Xn(t);return!e||!T.now?y("Select words of the text first."):([
T.now.start,T.now.end]=e,to())}function P(t,e){let n=p(),o=T.now;if(!n||!o)return;let r=o.exact?Br(n,o):n.units??[];if(t===
"both"){let a=e>0?r.find(([c])=>c>=o.end):r.findLast(([,c])=>c<=o.start);a&&([o.start,o.end]=a)}else{let a=t==="start"?0:
1,c=r.map(m=>m[a]),u=e>0?c.find(m=>m>o[t]):c.findLast(m=>m<o[t]);u!==void 0&&(o[t]=u)}o.start<o.end?to():y("The span wou\
ld be empty.")}function Br(t,e){let n=Math.max(0,A(t,e.start)-300);return[...N(t).slice(n,A(t,e.end)+300).matchAll(/\S+/g)].
map(r=>[bt(t,n+r.index),bt(t,n+r.index+r[0].length)])}function to(){Yt(),w("panel"),no()}function Yt(){let t=p(),e=T.now;
if(!t||!e||e.exact||b.unit===null)return;let n=(t.units??[]).filter(([o,r])=>o<e.end&&e.start<r);n.length!==0&&(e.start=
n[0][0],e.end=n.at(-1)[1])}function Fr(t,e,n){let o=t.units??[];return o.some(r=>r[0]===e)&&o.some(r=>r[1]===n)}function Oe(){
let t=p(),e=T.now;return!t||!e?"":N(t).slice(A(t,e.start),A(t,e.end))}function eo(){let t=p(),e=T.now;return!t||!e||t.id!==
e.document?null:H(A(t,e.start),A(t,e.end))}function at(){if(!("highlights"in CSS))return;let t=eo();t?CSS.highlights.set(
"draft",new Highlight(t)):CSS.highlights.delete("draft")}function no(){at(),Q(eo()??void 0),y(Oe())}function oo(){return T.
now!==null&&i.documents[l.document]?.id!==T.now.document}function Ee(t){let{documents:e,last:n,order:o,chunks:r,undo:a,redo:c}=t;Object.assign(b,{last:n,order:o,chunks:r,undo:a,
redo:c});for(let{id:u,blocks:m,marks:R}of e){let Y=i.documents.findIndex(At=>At.id===u);if(Y<0)continue;let Ct=Y===l.document?
x()?.decided?.id:void 0;i.documents[Y]={...i.documents[Y],blocks:m,marks:R},Y===l.document&&Hr(Ct)}w("panel")}function Hr(t){
let{marks:e}=i.documents[l.document],n=e.findIndex(a=>t!==void 0&&a.decided?.id===t);l.selected=n<0?null:n;let o=d("#tex\
t"),{scrollTop:r}=o;w("marks"),o.scrollTop=r,at()}async function ro(){let{news:t}=await Wn(b.last);t&&Ee(t)}var it={problems:[]},so=Promise.resolve();function Te(t){let e=so.then(t);return so=e.catch(()=>{}),e}async function Xt(t){
let{news:e,problems:n,made:o}=await _n({...t,since:b.last});return it.problems=n??[],n||ke.push(Date.now()),e?Ee(e):w("p\
anel"),n&&y(n.join(" ")),n?"":o??""}function te(t){return Te(()=>Xt(t))}function V(t,e={}){return Te(async()=>{let n=x();
if(!n?.decided)return y("Choose an annotation first.");let{id:o,n:r}=n.decided;if(!o)return t==="accept"?Kr(n):y("Gold i\
s not decided on here.");let a=$e(o),u=await Xt({action:t,id:o,seen:r,...a===void 0?{}:{why:a},...e});return u&&Jn(),u&&
t==="comment"?j(l.document,l.selected??0):u&&Z(u),u})}async function Kr({category:t,start:e,end:n,decided:o}){let r=await Xt(
{action:"add",document:p()?.id,category:i.categories[t].name,attributes:o?.attributes,start:e,end:n,exact:!0,status:o?.status,
must_find:o?.must_find});r&&ee(r)}function ee(t){let e=ve().get(t);return e&&j(...e),e!==void 0}function Z(t,e=1){let n=ve(),
{order:o}=b,r=t===void 0?-1:o.indexOf(t),a=r<0&&e<0?0:r;for(let m=1;m<=o.length;m+=1){let R=(a+e*m+2*o.length)%o.length,
Y=n.get(o[R]);if(!Y)continue;let[Ct,At]=Y,Ke=i.documents[Ct],_e=Ke.marks[At];if(_e.outcome==="open"&&o[R]!==t&&Gn(Ke,_e))
return _r(Ct,At)}if(J())return st();let{done:c,all:u}=Ot();return rt(),y(c===u?`All ${u} are decided.`:`${u-c} were left\
 for later.`)}function _r(t,e){j(t,e);let{done:n,all:o}=Ot(),r=i.documents[t].marks[e];y(`${n} of ${o} decided. ${q(r)}:\
 ${W(i.documents[t])[e]}`)}function nt(t){return Te(async()=>{let e=b[t];if(!e)return y(`There is nothing to ${t}.`);let n=await Xt(
{action:t,seen:e.n});return n&&(ee(n)?y(`${t==="undo"?"Taken back":"Brought back"}: ${e.said}.`):J()?st():rt())})}function ao(){let t=x();if(!t?.decided)return null;let{id:e,status:n,must_find:o,why:r}=t.decided;return e?s("section",{
class:"decide","aria-label":"Decide"},gt(),s("div",{class:"choices verdicts",role:"group","aria-label":"Decision"},v("Ac\
cept","a",ne,{class:"accept"}),v("Skip","s",Ae),v("Reject","x",Ce,{class:"reject"})),s("div",{class:"choices",role:"grou\
p","aria-label":"Otherwise"},v("Correct","e",Gt),v("Optional","o",Le,{"aria-pressed":String(n==="optional")}),v("Must fi\
nd","m",Me,{"aria-pressed":String(o)})),Vn(e,r,Ur)):Wr()}function Wr(){return s("section",{class:"decide","aria-label":"\
Decide"},gt(),s("div",{class:"choices"},v("Take it over","a",ne,{class:"accept"})))}function gt(){if(it.problems.length===
0)return null;let t=it.problems.map(e=>f("li",{},e));return s("ul",{class:"warning",role:"alert"},t)}function io(){let{undo:t,
redo:e}=b;return s("div",{class:"choices turns",role:"group","aria-label":"Take back, add"},v("Undo","u",()=>nt("undo"),
{disabled:!t}),v("Redo","U",()=>nt("redo"),{disabled:!e}),v("Add","i",Qt))}function v(t,e,n,{disabled:o=!1,...r}={}){let a=g(
{"aria-keyshortcuts":e,...r},n,t,M(e));return a.disabled=o,a}function Ur(){return V("comment")}function ne(){return V("a\
ccept")}function Ce(){return V("reject")}function Ae(){return V("skip")}function Le(){let t=x()?.decided?.status==="opti\
onal";return V("accept",{status:t?"required":"optional",must_find:!1})}function Me(){let t=x()?.decided?.must_find??!1;return V(
"accept",{must_find:!t,status:"required"})}var qe=40;function lo(){d(".bar").after(s("section",{class:"passage","aria-label":"Chunk to read"})),ut("document",Zt),ut(
"marks",Zt),ut("panel",co),co()}function co(){let t=b.chunks.filter(n=>n.read).length,e=`${h(t)} of ${h(b.chunks.length)}\
 chunks read`;$(d(".passage"),f("b",{},e),zr(),x()?null:gt()),Zt()}function zr(){let t=J(),e=i.documents.find(r=>r.id===
t?.document);if(!t||!e)return[];let n=N(e).slice(A(e,t.start),A(e,t.end)).replaceAll(/\s+/g," ").trim(),o=n.length>3*qe?
`${n.slice(0,qe).replace(/\s\S*$/,"")} … ${n.slice(-qe).replace(/^\S*\s/,"")}`:n;return[f("span",{class:"ends"},`${e.name}\
: ${o}`),s("div",{class:"choices",role:"group","aria-label":"Chunk"},v("Its beginning","g",st),v("It is read","r",()=>{Ne()},
{class:"accept"}))]}async function Ne(){let t=J();return t?await te({action:"read",id:t.id})?Z(void 0):void 0:y("There i\
s no chunk to read.")}var Jr={duration:"as ISO 8601 writes it: P90D, P12M, P7Y, PT48H",date:"as 2024-05-20, 2024-05 or 2024",country:"as two c\
apital letters: US, DE"};function fo(t,e,n){let o=`about-${t.name}`.replace(/[^\w-]/g,"-");return s("fieldset",{class:"f\
ield","aria-describedby":o},s("legend",{},f("bdi",{},t.name)),f("p",{class:"note",id:o},t.definition),Vr(t,e,n))}function Vr(t,e,n){
if(t.kind==="boolean")return uo(t,[{value:"yes",definition:""},{value:"no",definition:""}],e===!0?"yes":e===!1?"no":null,
u=>n(u===null?null:u==="yes"));if(t.values===null)return[Zr(t,e,n)];let{values:o}=t;if(!t.many)return uo(t,o,e,n);let r=new Set(
Array.isArray(e)?e:[]);return o.map((a,c)=>je(t,c,"checkbox",a,r.has(a.value),u=>{u?r.add(a.value):r.delete(a.value),n(o.
map(m=>m.value).filter(m=>r.has(m)))}))}function uo(t,e,n,o){let r=e.map((u,m)=>je(t,m,"radio",u,u.value===n,()=>o(u.value)));
if(t.required)return r;let a={value:"nothing stated",definition:""},c=e.some(u=>u.value===n);return[...r,je(t,e.length,"\
radio",a,!c,()=>o(null))]}function je(t,e,n,o,r,a){let c=`draft-${t.name}-${e}`.replace(/[^\w-]/g,"-"),u=s("input",{type:n,
id:c,name:`draft-${t.name}`,checked:r});return u.addEventListener("change",()=>a(u.checked)),s("div",{class:"option"},u,
s("label",{for:c},f("b",{},o.value),o.definition?f("span",{class:"note"},` ${o.definition}`):null))}function Zr(t,e,n){let o=`\
draft-${t.name}`.replace(/[^\w-]/g,"-"),r=t.many?s("textarea",{id:o}):s("input",{type:"text",id:o}),a=Array.isArray(e)?e:
e==null?[]:[e];r.value=a.map(Gr).join(`
`),r.addEventListener("input",()=>{let m=r.value.split(`
`).filter(R=>R.trim()).map(R=>Qr(t,R.trim()));n(t.many?m:m[0]??null)});let c=[Jr[t.form],t.many?"one to a line":""].filter(
Boolean).join("; ");return s("div",{},s("label",{for:o},c?`Value, ${c}`:"Value"),r)}function Gr(t){return typeof t=="str\
ing"?t:JSON.stringify(t)}function Qr(t,e){if((t.kind==="integer"||t.kind==="number")&&e!==""&&Number.isFinite(Number(e)))
return Number(e);if(!/^[[{]/.test(e))return e;try{return JSON.parse(e)}catch{return e}}var ho={label:"Write",when:()=>T.now!==null&&!oo(),draw(){let{now:t}=T;return t?[s("h2",{class:"drafted",tabindex:-1},t.
action==="add"?"Add an annotation":"Correct"),gt(),mo(),Yr(t),...Xr(t),ts(t),es(t),mo()]:[]}};function mo(){return s("di\
v",{class:"choices",role:"group","aria-label":"End"},v("Save","Ctrl+Enter",go,{class:"accept","aria-keyshortcuts":"Contr\
ol+Enter"}),v("Cancel","Esc",Et,{"aria-keyshortcuts":"Escape"}))}function Yr(t){let e=s("input",{type:"checkbox",id:"dra\
ft-exact",checked:t.exact});return e.addEventListener("change",()=>{t.exact=e.checked,Yt(),w("panel"),at()}),s("section",
{class:"span","aria-label":"Words"},f("blockquote",{},Oe()),s("div",{class:"choices",role:"group","aria-label":"Move the\
 words"},v("Earlier",",",()=>P("both",-1)),v("Later",".",()=>P("both",1)),v("Start −","{",()=>P("start",-1)),v("Start \
+","}",()=>P("start",1)),v("End −","[",()=>P("end",-1)),v("End +","]",()=>P("end",1)),v("Take what is selected","v",Se)),
b.unit===null?null:s("p",{class:"option"},e,s("label",{for:"draft-exact"},"As it is, not whole sentences and items")),t.
exact&&b.unit!==null?s("p",{class:"note"},"The lint of the gold will ask for whole units."):null)}function Xr(t){let e=s(
"select",{id:"draft-category"}),n=Object.keys(b.forms),o=n.includes(t.category)?[]:[""];for(let c of[...o,...n])e.append(
s("option",{value:c},c||"choose one"));e.value=t.category;let r=s("div",{},...po(t));e.addEventListener("change",()=>{t.
category=e.value,$(r,...po(t))});let a=s("label",{for:"draft-category"},"Category");return[s("div",{class:"field"},a,e),
r]}function po(t){let e=i.categories.find(o=>o.name===t.category),n=(b.forms[t.category]??[]).map(o=>fo(o,t.attributes[o.
name],r=>{t.attributes[o.name]=r}));return[e?xe(e):null,...n]}function ts(t){let e=(n,o,r,a)=>{let c=s("input",{type:"ch\
eckbox",id:n,checked:r});return c.addEventListener("change",()=>a(c.checked)),s("div",{class:"option"},c,s("label",{for:n},
o))};return s("fieldset",{class:"field"},s("legend",{},"In the gold"),e("draft-optional","optional: may be annotated or \
not",t.status==="optional",n=>{t.status=n?"optional":"required"}),e("draft-must","must be found: no change may lose it",
t.must_find,n=>{t.must_find=n}))}function es(t){let e=s("textarea",{id:"draft-why"});return e.value=t.why,e.addEventListener(
"input",()=>{t.why=e.value}),s("div",{class:"field"},s("label",{for:"draft-why"},"Why"),e)}async function go(){let{now:t}=T;
if(!t)return;let{attributes:e,...n}=t,o=new Set((b.forms[t.category]??[]).map(m=>m.name)),r=Object.entries(e).filter(([m])=>o.
has(m)),a=(b.forms[t.category]??[]).filter(m=>m.many&&e[m.name]===void 0),c=Object.fromEntries([...r,...a.map(m=>[m.name,
[]])]),u=await te({...n,attributes:c});u&&(Et(),t.action==="correct"?Z(u):ee(u))}function yo(t){if(!T.now||l.tab!=="edit")
return!1;let n={",":()=>P("both",-1),".":()=>P("both",1),"{":()=>P("start",-1),"}":()=>P("start",1),"[":()=>P("end",-1),
"]":()=>P("end",1),v:Se,Escape:Et}[t.key];return n&&(t.preventDefault(),ns(n)),!!n||/^[a-zA-Z]$/.test(t.key)}function ns(t){
let{id:e}=document.activeElement??{};t(),e&&T.now&&document.getElementById(e)?.focus()}function xo(t){!T.now||l.tab!=="e\
dit"||(t.key==="Enter"&&(t.ctrlKey||t.metaKey)?(t.preventDefault(),go()):t.key==="Escape"&&t.target instanceof Element&&
t.target.closest("input[type=text], textarea, select")&&Et())}var bo=i.documents.some(t=>t.marks.some(e=>(e.decided?.versions.length??0)>0));function wo(){let t=x()?.decided?.versions??
[];return t.length===0?null:s("section",{class:"versions","aria-label":"Versions"},t.map((e,n)=>os(e,n)))}function os({by:t,
remarks:e,kept:n},o){let r=i.categories.find(a=>a.name===n?.category);return g({class:"version","aria-keyshortcuts":String(
o+1)},()=>{Pe(o)},s("span",{class:"line"},M(String(o+1)),f("b",{},t.join(", "))),n?null:s("span",{class:"none"},"keeps n\
othing"),n&&s("span",{class:"line"},r&&B(r),f("bdi",{},n.category)),n&&f("span",{class:"stated"},_({attributes:n.stated})),
n&&f("span",{class:"said"},n.quote),n&&rs(n),e.map(a=>f("span",{class:"why"},a)))}function rs(t){return t.must_find?s("s\
pan",{class:"note"},"must be found"):t.status==="optional"?s("span",{class:"note"},"optional"):null}async function Pe(t){
let e=x()?.decided?.versions[t];if(!e)return y("There is no such version here.");if(!e.kept)return V("reject");let{category:n,
attributes:o,start:r,end:a,status:c,must_find:u}=e.kept;return V("correct",{category:n,attributes:o,start:r,end:a,exact:!0,
status:c,must_find:u})}_t({a:ne,x:Ce,s:Ae,e:Gt,i:Qt,w:Zn,o:Le,m:Me,u:()=>{nt("undo")},U:()=>{nt("redo")},n:()=>Z(x()?.decided?.id),N:()=>Z(x()?.
decided?.id,-1)});qt([["a","","accept, and go on to the next that is open"],["x","","reject"],["s","","skip: leave it fo\
r later"],["e","","correct its category, words and attributes"],["i","","add what is missing: on the words that are sele\
cted, or on the next sentence or item"],["w","","say why; Enter keeps it"],["o","","accept as optional, or as required a\
gain"],["m","","accept as one that must be found, or as any other again"],["u","U","undo, redo; Ctrl+Z and Ctrl+Shift+Z \
do the same"],[", .","","while you write: the sentence or item before, after"],["{ }","[ ]","while you write: move the s\
tart, the end; v takes what is selected"],["n","N","next, previous that is open"]]);b.chunks.length>0&&(_t({g:st,r:()=>{
Ne()}}),qt([["g","r","go to where the chunk begins; say that it is read to its end"]]));if(bo){let t=[...Array(9).keys()];
_t(Object.fromEntries(t.map(e=>[String(e+1),()=>{Pe(e)}]))),qt([["1","9","take the first version, the second and so on"]]),
zt(wo)}Hn("edit",ho);zt(ao);zt(io);xn(yo);var ss=150,ko;function Re(){clearTimeout(ko),ko=window.setTimeout(as,ss)}function as(){let t=l.selected===null?"":`:${l.
selected}`;try{history.replaceState(null,"",`#${l.document}${t}`)}catch{}}function vo(){let[,t,e]=/^#(\d+)(?::(\d+))?$/.
exec(location.hash)??[],n=Number(t??0),o=i.documents[n];K(o?n:0),o?.marks[Number(e)]&&j(n,Number(e),{focus:!1})}function $o(){d(".brand").append(...D(i.title));let t=i.documents.reduce((o,r)=>o+dt(r),0),e=O(i.documents.length,"docum\
ent"),n=d(".summary");if(i.subtitle&&n.append(f("bdi",{},i.subtitle)," · "),n.append(L?e:`${O(t,"annotation")} in ${e}`),
i.badge){let o=i.badge.good?"fine":"error";n.append(s("span",{class:`badge ${o}`},i.badge.label))}for(let o of i.notices)
d(".bar").after(f("p",{class:"notice",role:"note"},o))}var oe=["left","right"];function So(t,e){return oe.flatMap(n=>{let o=e.filter(r=>C(t.marks[r]).side===n);return o.length>
0?[is(t,o,n)]:[]})}function is(t,e,n){let o=ct(n).map(a=>{let c=e.filter(u=>t.marks[u].layer===a);return s("span",{class:"\
column"},c.map(u=>cs(t,u)))}),r=s("span",{class:`tags ${n}`,"data-columns":o.length},...o);return S.groups.push({element:r,
marks:e}),r}function cs(t,e){let n=t.marks[e],o=k(n),r=s("button",{type:"button",class:C(n).faint?"tag faint":"tag",tabindex:-1,
"data-mark":e,"data-name":o.name,"data-code":o.code,"data-sign":G(n)?.sign??"","data-tone":Ge(n),title:q(n),"aria-label":`${q(
n)}: ${W(t)[e]}`});return S.tags.set(e,r),ie(r,o)}var Oo=4,ls=6;function re(){let t=p();if(!t)return;let e=new Map([...Eo(t,"left"),...Eo(t,"right")]);for(let n of S.pieces)
us(t,n,e);for(let n of S.groups)gs(t,n);for(let n of d(".sheet").querySelectorAll(".block"))ys(n);De()}function Eo(t,e){
let n=[],o=new Map;return t.marks.forEach((r,a)=>{if(C(r).side!==e||!F(r))return;let c=n.findIndex(m=>m<=r.start),u=c<0?
n.length:c;n[u]=r.end,o.set(a,Math.min(u,ls-1))}),o}function us(t,{element:e,marks:n},o){let r=n.filter(a=>o.has(a));e.classList.
toggle("marked",r.length>0),e.style.background=r.map(a=>ms(t.marks[a],o.get(a)??0)).join(", ");for(let a of oe)e.style.setProperty(
`--${a}`,String(fs(t,r,o,a)));e.style.setProperty("--tint",ds(t,r))}function ds(t,e){let n=new Set(e.map(o=>k(t.marks[o]).
hue));return n.size===1?`var(--hue-${[...n][0]})`:"var(--soft)"}function fs(t,e,n,o){let r=e.filter(a=>C(t.marks[a]).side===
o);return Math.max(0,...r.map(a=>(n.get(a)??0)+1))}function ms(t,e){let{pattern:n}=k(t),o=C(t).side==="left"?`calc((var(\
--left) - ${e+1}) * ${Oo}px)`:`calc(100% - (var(--right) - ${e+1}) * ${Oo}px)`,r=n==="double"?3:2;return`${hs[n](ps(t))}\
 0 ${o} / 100% ${r}px no-repeat`}function ps(t){let e=`var(--hue-${k(t).hue})`;return C(t).faint?`color-mix(in oklab, ${e}\
 45%, var(--paper))`:e}var hs={solid:t=>`linear-gradient(${t} 0 0)`,dashed:t=>`repeating-linear-gradient(90deg, ${t} 0 6\
px, #0000 6px 9px)`,dotted:t=>`repeating-linear-gradient(90deg, ${t} 0 2px, #0000 2px 5px)`,double:t=>`linear-gradient(${t}\
 0 1px, #0000 1px 2px, ${t} 2px 3px)`};function gs(t,{element:e,marks:n}){let o=n.filter(r=>F(t.marks[r]));e.hidden=o.length===
0,e.dataset.count=String(o.length);for(let r of n){let a=S.tags.get(r);a&&(a.hidden=!o.includes(r))}}function ys(t){let e=[
...t.querySelectorAll(".marked")];for(let n of oe){let o=e.map(r=>Number(r.style.getPropertyValue(`--${n}`)));t.style.setProperty(
`--most-${n}`,String(Math.max(0,...o)))}}function De(){let t=d(".sheet");for(let o of t.querySelectorAll(".chosen"))o.classList.
remove("chosen","cited");for(let o of t.querySelectorAll(".partner"))o.classList.remove("partner");t.querySelector(".tag\
[aria-pressed=true]")?.setAttribute("aria-pressed","false"),t.querySelector(".tag[tabindex='0']")?.setAttribute("tabinde\
x","-1");let e=p()?.marks.findIndex(o=>F(o))??-1;S.tags.get(l.selected??e)?.setAttribute("tabindex","0");let n=x();n&&l.
selected!==null&&xs(n,l.selected)}function xs(t,e){for(let{element:n,cited:o}of S.byMark.get(e)??[])n.classList.add("cho\
sen"),n.classList.toggle("cited",!t.evidence||o.includes(e)),n.style.setProperty("--chosen",`var(--hue-${k(t).hue})`);S.
tags.get(e)?.setAttribute("aria-pressed","true");for(let n of t.partners??[])S.tags.get(n)?.classList.add("partner")}function Ie(t){let e=t?p():void 0,n=e?.marks.flatMap((r,a)=>F(r)?[bs(r,W(e)[a])]:[]),o=n&&n.length>0?[s("h3",{},"Annotat\
ions"),s("ol",{},n)]:[];$(d(".printed"),o)}function To(){window.addEventListener("beforeprint",()=>Ie(!0)),window.addEventListener(
"afterprint",()=>Ie(!1)),window.matchMedia("print").addEventListener("change",({matches:t})=>Ie(t))}function bs(t,e){return s(
"li",{},s("b",{},k(t).code)," ",f("span",{},q(t)),": ",f("q",{},e.trim()),t.pages?` (${pt(t.pages).toLowerCase()})`:null,
f("div",{},_(t)))}function Co(t,e){return se(t,n=>n.around).flatMap(n=>{let o=se(n,Ao).flatMap(a=>ws(a,e)),[{around:r}]=n;return r?[ks(r,o)]:
o})}function se(t,e){let n=[];for(let o of t){let r=n.at(-1);r&&e(r[0])===e(o)?r.push(o):n.push([o])}return n}function Ao(t){
return t.cell?t.cell.table:t.kind==="item"?"list":""}function ws(t,e){let n=Ao(t[0]);return n===""?t.flatMap(e):n==="lis\
t"?[s("div",{role:"list"},t.flatMap(e))]:[vs(t,e)]}function ks(t,e){let n=s("div",{class:"label","aria-hidden":"true","d\
ata-label":t});return s("div",{class:"around",role:"group","aria-label":t},n,e)}function vs(t,e){let n=se(t,o=>o.cell?.row).
map(o=>s("tr",{},se(o,r=>r.cell?.column).flatMap(r=>$s(r,o,e))));return s("div",{class:"table"},s("table",{dir:"auto"},s(
"tbody",{},n)))}function $s(t,e,n){let{before:o,rows:r,columns:a,head:c}=t[0].cell,u=e.every(R=>R.cell?.head),m=s(c?"th":
"td",{colspan:a>1&&a,rowspan:r>1&&r,scope:c&&(u?"col":"row")},t.flatMap(n));return o>0?[s("td",{colspan:o}),m]:[m]}function Be(){let t=p(),e={open:new Set,banners:new Set};Ye();let n=d(".sheet");n.lang=t?.language??"",$(n,Ss(),t?Co(t.blocks,
o=>Os(t,o,e)):[]),nn(n)}function Ss(){let t=e=>s("span",{class:`caption ${e}`},ct(e).map(n=>s("span",{"data-label":i.layers[n].
name})));return s("div",{class:"captions","aria-hidden":"true"},t("left"),t("right"))}function Os(t,e,n){let o=e.pieces.
find(m=>m.unread!==void 0),r=`h${Math.min(e.level+2,6)}`,a=e.kind==="item",c=a&&!e.pieces.some(m=>m.role==="marker"),u=s(
e.kind==="heading"?r:"div",{class:`block ${e.kind}${o?" unread":""}${c?" bulleted":""}`,"data-level":e.level,role:a&&"li\
stitem","aria-level":a&&e.level,lang:e.language,dir:"auto"},e.pieces.flatMap(m=>[...Ts(m,m===e.pieces[0]),...Cs(t,m,n)]));
return[...Es(t,o,n),u]}function Es(t,e,{banners:n}){let o=ft(t,e?.unread);if(!o||n.has(o.chunk))return[];n.add(o.chunk);
let r=[o.status,o.note].filter(Boolean).join(", "),a=`Chunk ${o.chunk} was not read: ${r}`;return[s("div",{class:"banner",
role:"note","aria-label":a,"data-label":a})]}function Ts({pages:t},e){if(!t)return[];let n=pt(t);return[s("span",{class:e?
"page first":"page",role:"doc-pagebreak","aria-label":n,"data-label":n})]}function Cs(t,e,n){let o=e.unread===void 0?"":
" lost",r=e.style?` ${e.style}`:"",a=`piece ${e.role??"content"}${r}${o}`,c=s("span",{class:a},D(e.text)),u=e.marks??[],
m=u.filter(R=>!n.open.has(R));return n.open=new Set(u),u.length>0&&Xe({element:c,marks:u,cited:e.cited??u}),[...So(t,m),
c]}function Tt(){let t=p();return t?$(d(".title"),f("h2",{class:"name"},t.name),As(t),Fe(t,"annotation","jk"),L?Fe(t,"chang\
e","cC",et):null,X?Fe(t,"error","eE",tt):null):d(".title").replaceChildren()}function As(t){let e=Wt(t);return e?s("span",
{class:"language"},e):null}function Fe(t,e,n,o){let r=ot(t,o),a=l.selected===null?0:r.indexOf(l.selected)+1,c=a>0?`${h(a)}\
 of ${h(r.length)}`:O(r.length,e);return s("div",{class:`steps ${e}s`,role:"group","aria-label":`${e}s`},Lo("previous",`\
Previous ${e} (${n[1]})`,()=>U(-1,o)),s("span",{},c),Lo("next",`Next ${e} (${n[0]})`,()=>U(1,o)))}function Lo(t,e,n){return g(
{class:"step","aria-label":e,title:e},n,Ft(t))}var Mo=()=>ht(!1);lt("document",Be,Tt,It,re,vt,rn,Mo,Re);lt("marks",Be,Tt,It,re,vt);lt("filters",It,re,Tt,we);lt("select\
ion",De,Tt,Re);lt("panel",we);function Ls(){d(".sheet").addEventListener("click",wn),d(".tabs").addEventListener("keydow\
n",Kn),d("#query").addEventListener("input",pe),d("#query").addEventListener("keydown",fn),d("#theme").addEventListener(
"click",Kt),d("#help").addEventListener("click",Nt),d("#open-rail").addEventListener("click",()=>ht(!0)),d("#text").addEventListener(
"click",Mo,{capture:!0}),document.addEventListener("keydown",bn),To()}document.documentElement.dataset.layers=String(i.layers.
length);L&&(l.tab="report");pn();$o();Ls();vo();document.documentElement.dataset.ready="true";function He(){let{done:t,all:e}=Ot(),n=s("progress",{"aria-label":"Decided"});n.max=Math.max(e,1),n.value=t,$(d(".reach"),
n,s("span",{class:"counted"},`${h(t)} of ${h(e)}`),s("span",{class:"pace"},Ms(e-t)))}function Ms(t){let e=zn();if(e===0)
return"";let n=t===0?"":`, ${h(Math.ceil(t/e))} min left`;return`${h(Math.round(e))} a minute${n}`}function qo(){d(".summary").after(s("div",{class:"reach",role:"group","aria-label":"Progress"})),ut("panel",He),He(),b.chunks.
length>0&&lo(),document.addEventListener("keydown",qs),document.addEventListener("keydown",xo),window.addEventListener("\
focus",()=>{ro()}),x()||Z(void 0)}function qs(t){t.target instanceof Element&&t.target.closest("input, textarea")||!(t.ctrlKey||
t.metaKey)||t.key.toLowerCase()!=="z"||(t.preventDefault(),nt(t.shiftKey?"redo":"undo"))}qo();
