// Made by `make pages` from annotate/viewer/frontend
var c=JSON.parse(document.getElementById("data")?.textContent??""),Ke=new Map(c.outcomes.map(t=>[t.name,t])),Mo=c.documents.
some(t=>t.units),X=Ke.size>0&&!Mo,M=c.outcomes.some(t=>t.change);function Q(t){return Ke.get(t.outcome??"")}function k(t){
return c.categories[t.category]}function C(t){return c.layers[t.layer]}function ct(t){return[...c.layers.keys()].filter(
n=>c.layers[n].side===t).sort((n,o)=>c.layers[n].column-c.layers[o].column)}function ie(){return[...ct("left"),...ct("ri\
ght")]}var qo=/^(class|id|for|type|role|title|hidden|open|checked|name|value|dir|tabindex|lang|colspan|rowspan|scope|data-[a-z]+|aria-[a-z]+)$/;
function s(t,e={},...n){let o=document.createElement(t);for(let[r,a]of Object.entries(e))a!==!1&&a!==null&&a!==void 0&&No(
o,r,a);return o.append(...We(n)),o}function No(t,e,n){if(!qo.test(e))throw new Error(`a page does not set the attribute ${e}`);
t.setAttribute(e,n===!0?"":String(n))}function We(t){return t.flat().filter(e=>e!=null)}function $(t,...e){t.replaceChildren(
...We(e))}function g(t,e,...n){let o=s("button",{type:"button",...t},...n);return o.addEventListener("click",e),o}function d(t){
let e=document.querySelector(t);if(!(e instanceof HTMLElement))throw new Error(`the page has no ${t}`);return e}var _e=/([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069])/;
function I(t){return t.split(_e).filter(e=>e!=="").map(e=>_e.test(e)?jo(e):document.createTextNode(e))}function jo(t){let e=t.
charCodeAt(0).toString(16).toUpperCase().padStart(4,"0");return s("span",{class:"control","data-label":`U+${e}`},t)}function f(t,e,n){
return s(t,{dir:"auto",...e},...I(n))}function B(t,...e){return s("section",{},s("h3",{},t),...e)}function y(t){d(".spok\
en").textContent=t}function ce(t,e){return t.style.setProperty("--hue",`var(--hue-${e.hue})`),t.style.setProperty("--line",e.pattern),t}function D(t){
return ce(s("span",{class:"swatch","aria-hidden":"true"},t.code),t)}function Lt(t){let e=t.error?"error":"fine";return s(
"span",{class:`sign ${e}`,"aria-hidden":"true"},t.sign)}function xt(t){let e=Q(t);if(!e)return null;let n=e.error?"error":
"fine";return s("span",{class:`badge ${n}`,title:e.explained},s("span",{class:"sign","aria-hidden":"true"},e.sign),e.label)}
function q(t){return s("kbd",{},t)}var l={document:0,selected:null,tab:"details",everywhere:!1,query:"",keys:!0,hidden:{category:new Set,outcome:new Set,layer:new Set}},
Mt={};function lt(t,...e){Mt[t]=e}function qt(t,e){Mt[t]=[...Mt[t]??[],e]}function w(t){for(let e of Mt[t]??[])e()}function p(){
return c.documents[l.document]}function x(){return l.selected===null?void 0:p()?.marks[l.selected]}var ze=[["j","k","next, previous annotation"],...M?[Ue("c","C","next, previous change")]:[],...X?[Ue("e","E","next, prev\
ious error")]:[],["d","D","next, previous document"],["Enter","","read about the annotation that has the focus"],["/","",
"search; Enter goes from hit to hit"],["t","","light, dark, or as the system has it"],["Esc","","choose nothing"],["?","",
"this list"]];function Ue(t,e,n){return[t,e,n]}function Nt(t){ze.unshift(...t)}function jt(){let t=d("#keys"),e=ze.map(([
o,r,a])=>[s("dt",{},q(o),r?q(r):null),s("dd",{},a)]),n=c.outcomes.map(o=>[s("dt",{},Lt(o)),s("dd",{},s("b",{},o.label),`\
 ${o.explained}`)]);$(t,s("h2",{id:"keys-title"},"Keys"),s("dl",{},...e),n.length>0?[s("h2",{},"Signs"),s("dl",{},...n)]:
null,s("p",{class:"note"},"A line stands for a category; its hue, its pattern and its code are in the list of categories\
. Click again on words that carry several annotations to go through them."),Po(),g({class:"close"},()=>t.close(),"Close")),
t.showModal()}function Po(){let t=s("input",{type:"checkbox",id:"single-keys",checked:l.keys});return t.addEventListener(
"change",()=>{l.keys=t.checked}),s("p",{},t,s("label",{for:"single-keys"}," Single letters act as keys"))}function F(t){let{category:e,outcome:n,layer:o}=l.hidden;return!e.has(t.category)&&!n.has(t.outcome)&&!o.has(t.layer)}function Je(t){
let{category:e,outcome:n,layer:o}=l.hidden;return[e.delete(t.category),n.delete(t.outcome),o.delete(t.layer)].includes(!0)}
function le(t,e){return!e.partners?.some(n=>t.marks[n].layer<e.layer)}function tt(t){return!!Q(t)?.error}function et(t){
return!!Q(t)?.change}function ot(t,e=()=>!0){return[...t.marks.keys()].filter(n=>{let o=t.marks[n];return F(o)&&le(t,o)&&
e(o)})}function bt(t,e){return(e.partners??[]).map(n=>t.marks[n])}function Ve(t){return Q(t)?tt(t)?"error":et(t)?"good":
"calm":""}function N(t){let e=Q(t),n=c.layers.length>1?[C(t).name]:[];return[k(t).name,...n,...e?[e.label]:[]].join(", ")}
function _({attributes:t}){return t.filter(([,e])=>e.length>0).map(([e,n])=>`${e} ${n.join(", ")}`).join(" · ")}function Pt(t){let e=new WeakMap;return n=>{let o=e.get(n);if(o!==void 0)return o;let r=t(n);return e.set(n,r),r}}var Rt=Pt(
t=>t.blocks.flatMap(e=>e.pieces)),j=Pt(t=>Rt(t).map(e=>e.text).join("")),W=Pt(t=>{let e=t.marks.map(()=>[]);for(let n of Rt(
t))for(let o of n.marks??[])e[o].push(n.text);return e.map(n=>n.join(""))}),Ze=Pt(t=>{let e=[],n=0;for(let o of j(t))o.length>
1&&e.push(n),n+=1;return e});function A(t,e){return e+Ze(t).filter(n=>n<e).length}function wt(t,e){return e-Ze(t).filter(
(n,o)=>n+o<e).length}function ut(t){return t.marks.filter(e=>e.layer===0).length}function It(t){return t.refused.length+
t.chunks.filter(e=>!e.answered).length}function dt(t,e){return t?.chunks.find(n=>n.chunk===e)}var S={pieces:[],byMark:new Map,tags:new Map,groups:[]};function Ge(){S.pieces=[],S.byMark=new Map,S.tags=new Map,S.groups=
[]}function Qe(t){t.element.dataset.marks=t.marks.join(" "),S.pieces.push(t);for(let e of t.marks){let n=S.byMark.get(e);
n?n.push(t):S.byMark.set(e,[t])}}function Ye(t){let e=S.byMark.get(t)?.map(n=>n.element)??[];return e.find(n=>n.getClientRects().
length>0)??e[0]}var kt=[];function tn(t){let e=document.createTreeWalker(t,NodeFilter.SHOW_TEXT);kt=[];let n=0;for(;e.nextNode();){let o=e.
currentNode;kt.push({node:o,start:n}),n+=o.length}}function H(t,e){let n=document.createRange(),o=Xe(t),r=Xe(e-1);return n.
setStart(o.node,t-o.start),n.setEnd(r.node,e-r.start),n}function en(t,e){let n=document.createRange();n.setStart(t,0),n.
setEnd(e.startContainer,e.startOffset);let o=n.toString().length;return{start:o,end:o+e.toString().length}}function Xe(t){
let e=0,n=kt.length-1;for(;e<n;){let o=Math.ceil((e+n)/2);kt[o].start<=t?e=o:n=o-1}return kt[e]}function Y(t){if(!t)return;let e=t instanceof Range?t.startContainer.parentElement:t,o=(t.getClientRects().length>0?t:e?.
closest(".block")??t).getBoundingClientRect();Ro(e?.closest(".table"),o);let r=d("#text"),a=getComputedStyle(r).overflowY===
"auto",i=a?r.getBoundingClientRect():{top:0,height:innerHeight},u=o.top-i.top-i.height/2+Math.min(o.height,i.height/2)/2;
(a?r:window).scrollBy({top:u,behavior:"instant"})}function Ro(t,e){if(!t)return;let n=t.getBoundingClientRect();(e.left<
n.left||e.right>n.right)&&(t.scrollLeft+=e.left-n.left-Math.max(0,n.width-e.width)/2)}function nn(){d("#text").scrollTop=
0}function K(t,{keepPanel:e=!1}={}){l.document=t,l.selected=null,w("document"),e||w("panel")}function L(t,e,{focus:n=!0,scroll:o=!0}={}){
t!==l.document&&K(t,{keepPanel:!0}),l.selected=e;let r=x();r&&Je(r)&&w("filters"),w("selection"),ft("details"),o&&Y(Ye(e)),
n&&S.tags.get(e)?.focus({preventScroll:!0})}function rt(){l.selected=null,w("selection"),w("panel")}function ft(t){l.tab=
t,w("panel"),d("#panel-body").scrollTop=0}function vt(t){let e=p(),n=dt(e,t);if(!e||!n)return;let o=A(e,n.start);Y(H(o,o+
1)),y(`Chunk ${t}`)}function U(t,e=()=>!0){let n=Io(t,e);if(!n)return y("There is none.");let[o,r]=n;L(o,r);let a=c.documents[o],
i=ot(a,e),u=`${i.indexOf(r)+1} of ${i.length}`;return y(`${u}. ${N(a.marks[r])}: ${W(a)[r]}`)}function Io(t,e){let n=c.documents.
length;for(let o=0;o<=n;o+=1){let r=(l.document+t*o+2*n*(o+1))%n,a=ot(c.documents[r],e),i=o>0?a:a.filter(m=>Bo(m,t)),u=t>
0?i[0]:i.at(-1);if(u!==void 0)return[r,u]}return null}function Bo(t,e){return l.selected===null?e>0:e>0?t>l.selected:t<l.
selected}function h(t){return t.toLocaleString("en-US")}function O(t,e){return`${h(t)} ${e}${t===1?"":"s"}`}function Bt(t,e){let n=new Map;
for(let o of t)n.set(e(o),(n.get(e(o))??0)+1);return n}function mt(t){return t.length===1?`Page ${h(t[0])}`:`Pages ${t.map(
h).join(", ")}`}function on(){let t=c.documents.map((e,n)=>s("li",{},Do(e,n)));return s("section",{class:"documents"},s("h2",{},O(c.documents.
length,"document")),s("ul",{},...t))}function Do(t,e){let n={id:`document-${e}`,class:"document","aria-current":e===l.document?
"page":null},o=ut(t);return g(n,()=>K(e),f("span",{class:"name"},t.name),Fo(It(t)),s("span",{class:"count",title:O(o,"an\
notation")},h(o)))}function Fo(t){if(t===0)return null;let e=O(t,"problem");return s("span",{class:"warn",title:e,"aria-\
label":e},`! ${t}`)}function rn(){if(c.layers.length<2)return null;let t=Bt(p()?.marks??[],n=>n.layer),e=ie().map(n=>({value:n,label:[Ho(c.layers[n]),
c.layers[n].name],counts:[t.get(n)??0]}));return de("Layers","layer",e)}function Ho({side:t,faint:e}){return s("span",{class:`\
edge ${t}${e?" faint":""}`,"aria-hidden":"true"})}function sn(){let t=p();if(!t||c.outcomes.length===0)return null;let e=Bt(
t.marks.filter(r=>le(t,r)),r=>r.outcome),o=c.outcomes.map(r=>({value:r.name,label:[Lt(r),r.label],counts:[e.get(r.name)??
0],title:r.explained})).filter(({value:r})=>e.has(r));return o.length>0?de("Outcomes","outcome",o):null}function an(){let t=p()?.
marks??[],e=ie(),n=e.map(i=>Bt(t.filter(u=>u.layer===i),u=>k(u))),o=c.categories.map((i,u)=>({value:u,label:[D(i),f("spa\
n",{class:"name"},i.name)],counts:n.map(m=>m.get(i)??0),title:i.definition.split(`
`)[0]})),r=e.map(i=>s("span",{},c.layers[i].name)),a=e.length>1?s("span",{class:"columns"},...r):null;return de("Categor\
ies","category",o,a)}function de(t,e,n,o){let r=n.map(({value:a})=>a);return s("fieldset",{class:`filter ${e}`},s("legen\
d",{},t),s("div",{class:"all"},g({id:`all-${e}`},()=>ue(e,r,!0),"all"),g({id:`none-${e}`},()=>ue(e,r,!1),"none"),o),...n.
map(a=>Ko(e,a)))}function Ko(t,{value:e,label:n,counts:o,title:r}){let a=`${t}-${e}`.replace(/[^\w-]/g,"-"),i=s("input",
{type:"checkbox",id:a,checked:!l.hidden[t].has(e)});return i.addEventListener("change",()=>ue(t,[e],i.checked)),s("div",
{class:"choice",title:r},i,s("label",{for:a},...n),g({class:"only",id:`only-${a}`,"aria-label":"only this"},()=>_o(t,e),
"only"),...o.map(u=>s("span",{class:u>0?"count":"count zero"},h(u))))}function ue(t,e,n){for(let o of e)n?l.hidden[t].delete(
o):l.hidden[t].add(o);w("filters")}function _o(t,e){let n={layer:[...c.layers.keys()],outcome:c.outcomes.map(o=>o.name),
category:[...c.categories.keys()]};l.hidden[t]=new Set(n[t].filter(o=>o!==e)),w("filters")}function Dt(){let t=document.activeElement?.closest("#rail")?document.activeElement.id:"";$(d("#rail"),g({class:"close",
id:"close-rail"},()=>pt(!1),"Close"),on(),rn(),sn(),an(),Wo()),t&&document.getElementById(t)?.focus()}function Wo(){if(c.
facts.length===0)return null;let t=c.facts.flatMap(([e,n])=>[s("dt",{},e),f("dd",{},n)]);return s("details",{class:"run"},
s("summary",{},"About this run"),s("dl",{},...t))}function fe(){return d("#rail").classList.contains("open")}function pt(t){
fe()!==t&&(d("#rail").classList.toggle("open",t),d("#open-rail").setAttribute("aria-expanded",String(t)),d(t?"#close-rai\
l":"#open-rail").focus())}var Ft=200,E={texts:[],marks:[],at:-1};function me(){return E.texts.length+E.marks.length}function pe(){return d("#query")}
function cn(){pe().select()}function he(){let t=pe().value.trim();if(t===l.query)return;let e=l.query;l.query=t;let n=Uo(
t);E.texts=n?zo(n):[],E.marks=n?Jo(n):[],E.at=-1,t?l.tab="results":e&&l.tab==="results"&&(l.tab="details"),w("panel"),$t()}
function Uo(t){let e=t.split(/\s+/).filter(Boolean).map(n=>n.replace(/[.*+?^${}()|[\]\\/-]/g,"\\$&"));return e.length>0?
new RegExp(e.join("\\s+"),"gi"):null}function ln(){let t=[...c.documents.keys()].filter(e=>e!==l.document);return c.documents.
length>0?[l.document,...t]:[]}function zo(t){let e=[];for(let n of ln())for(let o of j(c.documents[n]).matchAll(t)){if(e.
length===Ft)return e;e.push({document:n,start:o.index,end:o.index+o[0].length})}return e}function Jo(t){let e=[];for(let n of ln())
c.documents[n].marks.forEach((o,r)=>{Vo(o).search(t)>=0&&e.push({document:n,mark:r})});return e.slice(0,Ft)}function Vo(t){
return`${N(t)} ${_(t)} ${(t.facts??[]).flat().join(" ")}`}function ge(t){let e=E.texts[t];e&&(E.at=t,e.document!==l.document&&
K(e.document,{keepPanel:!0}),Y(H(e.start,e.end)),$t(),y(`Hit ${t+1} of ${E.texts.length}`))}function $t(){if(!("highligh\
ts"in CSS))return;let t=E.texts.filter(o=>o.document===l.document),e=t.filter(o=>o===E.texts[E.at]),n=o=>o.map(r=>H(r.start,
r.end));CSS.highlights.set("hit",new Highlight(...n(t))),CSS.highlights.set("hit-now",new Highlight(...n(e)))}function un(t){
if(t.key==="Escape"&&(t.preventDefault(),pe().value="",he(),d("#text").focus()),t.key!=="Enter"||E.texts.length===0)return;
t.preventDefault();let e=t.shiftKey?-1:1,n=E.at<0&&t.shiftKey?0:E.at;ge((n+e+E.texts.length)%E.texts.length)}var Zo={light:"M12 4V2m0 20v-2m8-8h2M2 12h2m13.7-5.7 1.4-1.4M4.9 19.1l1.4-1.4m11.4 0 1.4 1.4M4.9 4.9l1.4 1.4M12 8a4 4 0 \
1 0 0 8 4 4 0 0 0 0-8Z",dark:"M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",auto:"M12 3a9 9 0 1 0 0 18Zm0 0a9 9 0\
 0 1 0 18",previous:"m15 5-7 7 7 7",next:"m9 5 7 7-7 7"};function Ht(t){let e="http://www.w3.org/2000/svg",n=document.createElementNS(
e,"svg"),o=document.createElementNS(e,"path");return n.setAttribute("viewBox","0 0 24 24"),n.setAttribute("aria-hidden",
"true"),o.setAttribute("d",Zo[t]),n.append(o),n}var Kt=["auto","light","dark"],dn="annotate-theme";function _t(){let t=Kt.findIndex(e=>e===document.documentElement.dataset.
theme);mn(Kt[(t+1)%Kt.length])}function fn(){mn(Go())}function mn(t){document.documentElement.dataset.theme=t;let e=d("#\
theme");e.replaceChildren(Ht(t)),e.setAttribute("aria-label",`Theme: ${t}`),e.title=`Theme: ${t} (t)`;try{localStorage.setItem(
dn,t)}catch{}}function Go(){try{return Kt.find(t=>t===localStorage.getItem(dn))??"auto"}catch{return"auto"}}var ye={j:()=>U(1),k:()=>U(-1),e:()=>U(1,tt),E:()=>U(-1,tt),c:()=>U(1,et),C:()=>U(-1,et),d:()=>pn(1),D:()=>pn(-1),"/":cn,
"?":jt,t:_t,Escape:()=>fe()?pt(!1):rt()};function Wt(t){Object.assign(ye,t)}var Qo="input:not([type=checkbox], [type=rad\
io]), textarea, select, dialog[open]",Yo=["?","Escape"];function pn(t){let e=c.documents.length;K((l.document+t+e)%e)}var hn=()=>!1;
function gn(t){hn=t}function yn(t){let e=t.target instanceof Element?t.target:null;if(e?.closest(Qo)||t.ctrlKey||t.metaKey||
t.altKey||t.isComposing||hn(t))return;let n=e?.closest(".tag");t.key==="Enter"&&n instanceof HTMLElement?(t.preventDefault(),
tr(n)):Xo(t.key)&&(t.preventDefault(),ye[t.key]())}function Xo(t){return!Object.hasOwn(ye,t)||c.documents.length===0&&t!==
"?"?!1:l.keys||Yo.includes(t)}function tr(t){L(l.document,Number(t.dataset.mark),{focus:!1,scroll:!1}),d(".subject").focus()}
function xn(t){let e=t.target,n=e.closest(".tag");if(n instanceof HTMLElement)return L(l.document,Number(n.dataset.mark),
{scroll:!1});let o=e.closest(".marked"),r=getSelection()?.isCollapsed===!1;if(!(o instanceof HTMLElement)||r)return;let a=(o.
dataset.marks??"").split(" ").map(Number).filter(u=>F(p().marks[u])),i=l.selected===null?-1:a.indexOf(l.selected);return L(
l.document,a[(i+1)%a.length],{scroll:!1})}var er=new Intl.DisplayNames(["en"],{type:"language"});function bn(t){try{return er.of(t)??t}catch{return t}}function Ut({
language:t,others:e}){let n=e.map(bn).join(", ");return t?[bn(t),...n?[`parts in ${n}`]:[]].join(", "):n&&`parts in ${n}`}function z(t,e,{withCategory:n=!0}={}){let o=c.documents[t],r=o.marks[e],a=W(o)[e];return g({class:"quote","aria-label":`${N(
r)}: ${a}`,"data-goto":`${t}:${e}`},()=>L(t,e),n?nr(r):xt(r),f("span",{class:"said"},a.trim()),s("span",{class:"stated"},
_(r)))}function nr(t){let e=k(t);return s("span",{class:"line"},D(e),s("span",{class:"name"},e.name),xt(t))}function zt(t,e){
return t===e?null:f("li",{class:"from"},c.documents[t].name)}function kn(t,e){let n=bt(t,e),o=[e,...n].sort((i,u)=>u.layer-i.layer),r=or(o).flatMap(i=>rr(i,o,e)),a=n.filter(i=>i.start!==
e.start||i.end!==e.end||i.category!==e.category);return[r.length>0?s("h3",{},"Attributes"):null,r.length>0?s("dl",{class:"\
attributes"},...r):null,...a.map(i=>ar(t,i))]}function or(t){return[...new Set(t.flatMap(e=>e.attributes.map(([n])=>n)))]}
function rr(t,e,n){let o=k(n).attributes[t],r=n.differs?.includes(t)??!1,a=e.length>1&&r?e.map(i=>wn(i,t,C(i).name,e)):[
wn(n,t,"",[n])];return[s("dt",{title:o?.definition},f("bdi",{},t),r?s("span",{class:"flag"},"differs"):null),s("dd",{},...a,
...sr(t,e,o))]}function wn(t,e,n,o){let r=xe(t,e).map(a=>{let i=o.every(u=>xe(u,e).includes(a));return f("span",{class:i?
"value":"value odd"},a)});return s("div",{class:"values"},n?s("span",{class:"whose"},n):null,r.length>0?r:s("span",{class:"\
none"},"nothing stated"))}function xe(t,e){return t.attributes.find(([n])=>n===e)?.[1]??[]}function sr(t,e,n){if(!n)return[];
let r=[...new Set(e.flatMap(a=>xe(a,t)))].filter(a=>Object.hasOwn(n.values,a));return r.length===0?[s("p",{class:"note"},
n.definition)]:r.map(a=>s("p",{class:"note"},s("b",{},a),` ${n.values[a]}`))}function ar(t,e){return s("div",{class:"oth\
er"},s("p",{class:"whose"},`${C(e).name}: ${k(e).name}`),z(l.document,t.marks.indexOf(e)))}function St(t){let{invalid:e,ungrounded:n,requests:o}=t,r=`characters ${h(t.start)}–${h(t.end)}`;return`${[`Chunk ${t.
chunk}, ${r}: ${t.status}`,o>1?`${O(o,"answer")} used`:"",e+n>0?`${e} invalid and ${n} ungrounded annotations sent back`:
"",t.note].filter(Boolean).join("; ")}.`}function vn(t){if(t.length===0)return null;let n=s("table",{class:"ledger"},s("\
thead",{},s("tr",{},...["chunk","ended","found","answers","tokens"].map(o=>s("th",{"aria-label":o},o)))),s("tbody",{},...t.
map(ir)));return B("Chunks",n)}function ir(t){let e=[g({class:"link"},()=>vt(t.chunk),String(t.chunk)),t.status,h(t.annotations),
h(t.requests),h(t.tokens)];return s("tr",{class:t.answered?"":"lost",title:St(t)},...e.map(n=>s("td",{},n)))}function Sn(t,e){return e.evidence?B("Evidence",...e.evidence.map(n=>ur(t,e,n))):null}var cr={exact:"Cited letter by let\
ter.",folded:"Cited with other white space, quotes, dashes, case or Markdown marks.",fuzzy:"Cited with two neighbouring \
letters swapped inside one long word."},lr={context:"What leads into this place was cited with the words.",unit:"Here al\
one they are a whole sentence or item.",order:"The order of the answer leaves this place.",ambiguous:"Nothing says which\
 place was meant."};function ur(t,e,{grounding:n,cited:o,part:r,places:a,choice:i,chunk:u}){let m=e.layer===0?dt(t,u):void 0;
return s("div",{class:"citation"},s("p",{},s("span",{class:`grounding ${n}`},n),` ${cr[n]??""}`),a>1?s("p",{},s("span",{
class:`placed ${i}`},i),` These words stand at ${a} places. ${lr[i]??""}`):null,o?$n("cited",o):null,r?$n(o?"printed":"c\
ited part",r):null,m?s("p",{class:"note"},St(m)):null)}function $n(t,e){return s("div",{class:"labelled"},s("span",{class:"\
whose"},t),f("q",{},e))}var On=[];function Jt(t){On.push(t)}var En={label:"Details",draw(){let t=p();if(!t)return[s("p",{class:"quiet"},"This ru\
n holds no document.")];let e=x();return e?dr(t,e):[fr(t)]}};function dr(t,e){return[pr(e),...On.map(n=>n()),hr(t,e),gr(
t,e),yr(e),...kn(t,e),Sn(t,e),xr(t,e),be(k(e)),br(t,e)]}function fr(t){let e=`${O(ut(t),"annotation")} in ${O(t.characters,
"character")}.`,n=["Click a highlight, or press ",q("j")," and ",q("k")];return s("div",{class:"opening"},s("p",{class:"\
large"},e),s("p",{},...n," to walk through them."),X&&!M&&t.report.length>0?s("p",{},q("e")," goes to the next error. Li\
nes above the words are gold, lines below are predicted."):null,s("p",{},q("/")," searches, ",q("?")," lists all keys an\
d signs."),mr(t))}function mr(t){let e=Ut(t);return B("This document",Tn([...e?[["language",e]]:[],...t.facts]))}function Tn(t){
let e=t.flatMap(([n,o])=>[f("dt",{},n),f("dd",{},o)]);return s("dl",{class:"facts"},...e)}function pr(t){let e=k(t);return s(
"h2",{class:"subject",tabindex:-1},D(e),f("span",{class:"name"},e.name),c.layers.length>1?s("span",{class:"of"},C(t).name):
null,xt(t))}function hr(t,e){let n=t.marks.indexOf(e),o=Rt(t).filter(r=>r.marks?.includes(n)).map(r=>{let a=!e.evidence||
(r.cited??r.marks??[]).includes(n);return s("span",{class:a?"words":"around"},...I(r.text))});return s("blockquote",{dir:"\
auto"},...o)}function gr(t,e){let n=`characters ${h(e.start)}–${h(e.end)}`,o=e.pages?`${mt(e.pages)}, `:"";return s("p",
{class:"place"},o,n," of ",f("bdi",{},t.name))}function yr(t){return t.claimed?s("div",{class:"warning"},"It claims to q\
uote other words than stand at its place:",f("blockquote",{},t.claimed)):null}function xr(t,e){let n=bt(t,e).filter(r=>C(
r).side==="left"),o=[e,...n].flatMap(r=>r.facts??[]);return o.length>0?Tn(o):null}function be(t){if(!t.definition)return s(
"p",{class:"quiet"},"The schema at hand has no definition of this category.");let[e,...n]=t.definition.split(`
`),o=s("details",{},s("summary",{},"All of it"),s("p",{class:"lines"},n.join(`
`).trim()));return s("section",{class:"definition"},s("h3",{},"Definition"),s("p",{},e),n.length>0?o:null)}function br(t,e){
let n=bt(t,e),o=t.marks.flatMap((r,a)=>{let i=r.start<e.end&&e.start<r.end,u=r!==e&&!n.includes(r);return!i||!u||!F(r)?[]:
[s("li",{},z(l.document,a))]});return o.length===0?null:B("Also on these words",s("ul",{class:"quotes"},...o))}var Ln={label:"Categories",draw(){let t=[...c.documents.keys()],e=t.filter(o=>l.everywhere||o===l.document),n=c.categories.
map((o,r)=>kr(r,e));return[t.length>1?wr():null,...n,Sr()]}};function wr(){return s("div",{class:"scope",role:"group","a\
ria-label":"Which documents"},Cn("This document",!1),Cn("All documents",!0))}function Cn(t,e){let n=()=>{l.everywhere=e,
w("panel")};return g({"aria-pressed":String(l.everywhere===e)},n,t)}function kr(t,e){let n=c.categories[t],o=e.flatMap(i=>$r(
i,t));if(o.length===0)return null;let r=s("ul",{class:"quotes"}),a=s("details",{class:"category","data-category":t},s("s\
ummary",{},D(n),f("span",{class:"name"},n.name),s("span",{class:"count"},h(o.length))),n.definition?s("p",{class:"note"},
n.definition.split(`
`)[0]):null,r);return a.addEventListener("toggle",()=>{a.open&&r.childElementCount===0&&$(r,...vr(o))}),a}function vr(t){
return t.flatMap(([e,n],o)=>[l.everywhere?zt(e,t[o-1]?.[0]):null,s("li",{},z(e,n,{withCategory:!1}))])}function $r(t,e){
return c.documents[t].marks.flatMap((n,o)=>n.category===e&&n.layer===0?[[t,o]]:[])}function Sr(){let t=p()?.silence;if(!t||
t.silent.length+t.open.length===0)return null;let e="Every chunk of this document was answered, and nothing of these was\
 found.",n=`No silence is claimed: ${t.why}.`;return s("section",{class:"silence"},An("Silent",e,t.silent),An("Not found\
, and not known to be absent",n,t.open))}function An(t,e,n){if(n.length===0)return null;let o=n.map(r=>s("li",{},D(c.categories[r]),
f("span",{},c.categories[r].name)));return s("div",{},s("h3",{},t),s("p",{class:"note"},e),s("ul",{class:"names"},...o))}var qn={label:"Problems",count(){let t=p();return(t?It(t):0)+c.unreadable.length},draw(){let{chunks:t,refused:e}=p()??{chunks:[],
refused:[]},n=t.filter(i=>!i.answered),o=[Vt("Not read","These parts of the text are hatched: nothing is known about the\
m.",n.map(Er)),Vt("Refused answers","They broke the schema or quoted words that the text does not hold, and no repair co\
rrected them.",e.map(Tr)),Vt("Unreadable inputs","",c.unreadable.map(Mn))],r=o.some(i=>i!==null),a=Vt("Skipped inputs","\
They were found where the inputs lead, and are not part of this run.",c.skipped.map(Mn));return[...r?o:[Or(t)],a,vn(t)]}};
function Vt(t,e,n){return n.length===0?null:B(t,e?s("p",{class:"note"},e):null,s("ul",{class:"problems"},...n))}function Or(t){
let e=t.length>0?`All ${O(t.length,"chunk")} of this document were answered, and no answer was refused.`:"Nothing is kno\
wn of how this text was read.";return s("p",{class:"quiet"},e)}function Er(t){let e=f("span",{},St(t));return s("li",{},
g({class:"problem"},()=>vt(t.chunk),e))}function Tr(t){let{chunk:e}=t;return s("li",{class:"refused"},s("p",{},s("span",
{class:"badge error"},t.kind)," ",f("b",{},t.category||"no category")),t.quote?f("blockquote",{},t.quote):null,t.answer?
f("pre",{},t.answer):null,f("p",{class:"stated"},_(t)),s("ul",{class:"note"},...t.problems.map(n=>f("li",{},n))),e===null?
null:g({class:"link"},()=>vt(e),`chunk ${e}`))}function Mn({source:t,reason:e}){return s("li",{},f("b",{},t)," ",f("span",
{},e))}var Nn=4,Pn={label:M?"Changes":"Errors",when:()=>X,count:()=>jn().length,draw(){let t=p()?.report??[],e=c.documents.length>
1||M?c.report:[],n=jn().map(o=>s("li",{},z(l.document,o)));return[...[...e,...t].map(Cr),t.length>0?s("h3",{},O(n.length,
M?"change":"error")):s("p",{class:"quiet"},"There is no gold for this document."),s("ul",{class:"quotes"},...n)]}};function jn(){
let t=p();return t?ot(t,M?et:tt):[]}function Cr({title:t,notes:e,columns:n,rows:o}){return s("section",{class:"report"},
f("h3",{},t),...e.slice(0,Nn).map(Rn),Ar(e.slice(Nn)),o.length>0?Lr(n,o):null)}function Rn(t){return f("p",{class:"note"},
t)}function Ar(t){if(t.length===0)return null;let e=s("summary",{},`${h(t.length)} more`);return s("details",{},e,...t.map(
Rn))}function Lr(t,e){let n=s("tr",{},...t.map(r=>s("th",{},r))),o=e.map(([r,...a])=>s("tr",{},f("th",{},r),...a.map(i=>s(
"td",{},i))));return s("table",{},s("thead",{},n),s("tbody",{},...o))}var we=36,Bn={label:"Results",when:()=>l.query!=="",count:me,draw(){if(me()===0)return[s("p",{class:"quiet"},"Nothing fo\
und.")];let{texts:t,marks:e}=E,n=c.documents.length>1;return[In("In the text",t.length,t.flatMap((o,r)=>[n?zt(o.document,
t[r-1]?.document):null,s("li",{},Mr(o,r))])),In("In annotations",e.length,e.map(o=>s("li",{},z(o.document,o.mark))))]}};
function In(t,e,n){if(e===0)return null;let o=e===Ft?`the first ${e}`:h(e);return B(`${t}: ${o}`,s("ul",{class:"quotes"},
...n))}function Mr({document:t,start:e,end:n},o){let r=j(c.documents[t]),a=r.slice(Math.max(0,e-we),e),i=r.slice(n,n+we);
return g({class:"quote","data-hit":o},()=>ge(o),s("span",{class:"said",dir:"auto"},"…",...I(e>we?a.replace(/^\S*\s/,""):
a),s("mark",{},...I(r.slice(e,n))),...I(i.replace(/\s\S*$/,"")),"…"))}var Ot={details:En,index:Ln,problems:qn,report:Pn,results:Bn};function Dn(t,e){Ot[t]=e}function ke(){let t=Object.keys(Ot).
filter(n=>Ot[n].when?.()??!0);t.includes(l.tab)||(l.tab="details"),$(d(".tabs"),...t.map(qr)),d(`#tab-${l.tab}`).scrollIntoView(
{block:"nearest",inline:"nearest"});let e=d("#panel-body");$(e,...Ot[l.tab].draw()),e.setAttribute("aria-labelledby",`ta\
b-${l.tab}`)}function qr(t){let{label:e,count:n}=Ot[t],o=t===l.tab,r=n?.()??0,a={class:"tab",role:"tab",id:`tab-${t}`,"a\
ria-selected":String(o),"aria-controls":"panel-body",tabindex:o?0:-1};return g(a,()=>Nr(t),e," ",r>0?s("span",{class:"co\
unt"},h(r)):null)}function Nr(t){ft(t),d(`#tab-${t}`).focus()}function Fn(t){let e=[...d(".tabs").children],n=e.findIndex(
a=>a===document.activeElement),o={ArrowRight:1,ArrowLeft:-1}[t.key];if(n<0||o===void 0)return;t.preventDefault();let r=e[(n+
o+e.length)%e.length];r.focus(),r.click()}function Hn(t){return _n("/decisions",{method:"POST",headers:{"content-type":"application/json"},body:JSON.stringify(t)})}
function Kn(t){return _n(`/changes?since=${t}`,{})}async function _n(t,e){try{let n=await fetch(t,e);if(n.headers.get("c\
ontent-type")?.startsWith("application/json")){let o=await n.json();return{news:o.documents&&o,...o}}return{problems:[`n\
ot kept: ${(await n.text()).trim()}`]}}catch{return{problems:["not kept: the server does not answer. Is annotate review \
still running?"]}}}var b=c.review,ve=[],jr=300*1e3;function ht(){let t=new Map;return c.documents.forEach((e,n)=>{e.marks.forEach((o,r)=>t.
set(o.decided?.id,[n,r]))}),t}function Et(){let t=c.documents.flatMap(e=>e.marks.filter(n=>n.decided?.id));return{done:t.
filter(e=>!Pr(e)).length,all:t.length}}function Pr(t){return t.outcome==="open"||t.outcome==="skipped"}function Wn(){let t=Date.
now(),e=ve.filter(o=>t-o<jr),n=(t-e[0])/6e4;return e.length<3?0:e.length/n}function Zt(){let{done:t,all:e}=Et(),n=s("progress",{"aria-label":"Decided"});n.max=Math.max(e,1),n.value=t,$(d(".reach"),
n,s("span",{class:"counted"},`${h(t)} of ${h(e)}`),s("span",{class:"pace"},Rr(e-t)))}function Rr(t){let e=Wn();if(e===0)
return"";let n=t===0?"":`, ${h(Math.ceil(t/e))} min left`;return`${h(Math.round(e))} a minute${n}`}var Gt={id:"",text:""};function $e(t){return Gt.id===t?Gt.text:void 0}function Un(){Gt.id=""}function zn(t,e,n){let o=s(
"input",{type:"text",id:"remark","aria-keyshortcuts":"w"});return o.autocomplete="off",o.value=$e(t)??e,o.addEventListener(
"input",()=>Object.assign(Gt,{id:t,text:o.value})),o.addEventListener("keydown",r=>{r.key==="Enter"&&n(),(r.key==="Enter"||
r.key==="Escape")&&d("#text").focus()}),s("div",{class:"remark"},s("label",{for:"remark"},"Why ",q("w")),o)}function Jn(){
document.getElementById("remark")?.focus()}function J(){return b.chunks.find(t=>!t.read)}function Vn(t,e){let n=J();return n?t.id===n.document&&n.start<=e.start&&e.
start<n.end:!0}function Zn(t){let e=J();return e&&e.document===t.id?e.start:0}function st(){let t=J(),e=c.documents.findIndex(
o=>o.id===t?.document);if(!t||e<0)return y("All chunks are read.");e!==l.document&&K(e,{keepPanel:!0}),rt();let n=A(c.documents[e],
t.start);return Y(H(n,n+1)),d("#text").focus({preventScroll:!0}),y("Read this chunk to its end and add what is missing; \
r says that it is read.")}function Qt(){if(!("highlights"in CSS))return;CSS.highlights.delete("outside");let t=J(),e=p();
if(!t||e?.id!==t.document)return;let[n,o,r]=[A(e,t.start),A(e,t.end),j(e).length],a=[];n>0&&a.push(H(0,n)),o<r&&a.push(H(
o,r)),CSS.highlights.set("outside",new Highlight(...a))}var T={now:null};function Yt(){let t=p(),e=x();if(!t?.id||!e?.decided)return y("Choose an annotation first.");let{id:n,n:o,
attributes:r,status:a,must_find:i,why:u}=e.decided;return n?Gn({action:"correct",id:n,seen:o,document:t.id,category:k(e).
name,attributes:structuredClone(r),start:e.start,end:e.end,exact:!Dr(t,e.start,e.end),status:a,must_find:i,why:u}):y("Go\
ld is not decided on here.")}function Xt(){let t=p();if(!t?.id)return;let[e,n]=Qn(t)??Ir(t);Gn({action:"add",id:"",seen:0,
document:t.id,category:"",attributes:{},start:e,end:n,exact:!1,status:"required",must_find:!1,why:""}),to()}function Gn(t){
T.now=t,it.problems=[],te(),ft("edit"),at(),d(t.action==="add"?"#draft-category":".drafted").focus()}function Tt(){T.now=
null,it.problems=[],at(),ft("details"),d("#text").focus()}function Qn(t){let e=d(".sheet"),n=getSelection();if(!n||n.isCollapsed||
n.rangeCount===0)return null;let o=n.getRangeAt(0);if(!e.contains(o.commonAncestorContainer))return null;let{start:r,end:a}=en(
e,o);return j(t).slice(r,a).trim()?[wt(t,r),wt(t,a)]:null}function Ir(t){let e=t.units??[],n=x()?.end??Zn(t);return e.find(
([o])=>o>=n)??e.at(-1)??[0,1]}function Se(){let t=p(),e=t&&Qn(t);return!e||!T.now?y("Select words of the text first."):([
T.now.start,T.now.end]=e,Yn())}function P(t,e){let n=p(),o=T.now;if(!n||!o)return;let r=o.exact?Br(n,o):n.units??[];if(t===
"both"){let a=e>0?r.find(([i])=>i>=o.end):r.findLast(([,i])=>i<=o.start);a&&([o.start,o.end]=a)}else{let a=t==="start"?0:
1,i=r.map(m=>m[a]),u=e>0?i.find(m=>m>o[t]):i.findLast(m=>m<o[t]);u!==void 0&&(o[t]=u)}o.start<o.end?Yn():y("The span wou\
ld be empty.")}function Br(t,e){let n=Math.max(0,A(t,e.start)-300);return[...j(t).slice(n,A(t,e.end)+300).matchAll(/\S+/g)].
map(r=>[wt(t,n+r.index),wt(t,n+r.index+r[0].length)])}function Yn(){te(),w("panel"),to()}function te(){let t=p(),e=T.now;
if(!t||!e||e.exact||b.unit===null)return;let n=(t.units??[]).filter(([o,r])=>o<e.end&&e.start<r);n.length!==0&&(e.start=
n[0][0],e.end=n.at(-1)[1])}function Dr(t,e,n){let o=t.units??[];return o.some(r=>r[0]===e)&&o.some(r=>r[1]===n)}function Oe(){
let t=p(),e=T.now;return!t||!e?"":j(t).slice(A(t,e.start),A(t,e.end))}function Xn(){let t=p(),e=T.now;return!t||!e||t.id!==
e.document?null:H(A(t,e.start),A(t,e.end))}function at(){if(!("highlights"in CSS))return;let t=Xn();t?CSS.highlights.set(
"draft",new Highlight(t)):CSS.highlights.delete("draft")}function to(){at(),Y(Xn()??void 0),y(Oe())}function eo(){return T.
now!==null&&c.documents[l.document]?.id!==T.now.document}function Ee(t){let{documents:e,last:n,order:o,chunks:r,undo:a,redo:i}=t;Object.assign(b,{last:n,order:o,chunks:r,undo:a,
redo:i});for(let{id:u,blocks:m,marks:R}of e){let G=c.documents.findIndex(At=>At.id===u);if(G<0)continue;let yt=G===l.document?
x()?.decided?.id:void 0;c.documents[G]={...c.documents[G],blocks:m,marks:R},G===l.document&&Fr(yt)}w("panel")}function Fr(t){
let{marks:e}=c.documents[l.document],n=e.findIndex(a=>t!==void 0&&a.decided?.id===t);l.selected=n<0?null:n;let o=d("#tex\
t"),{scrollTop:r}=o;w("marks"),o.scrollTop=r,at()}async function no(){let{news:t}=await Kn(b.last);t&&Ee(t)}var it={problems:[]},oo=Promise.resolve();function Te(t){let e=oo.then(t);return oo=e.catch(()=>{}),e}async function ee(t){
let{news:e,problems:n,made:o}=await Hn({...t,since:b.last});return it.problems=n??[],e?Ee(e):w("panel"),n?y(n.join(" ")):
ve.push(Date.now()),Zt(),n?"":o??""}function ne(t){return Te(()=>ee(t))}function V(t,e={}){return Te(async()=>{let n=x();
if(!n?.decided)return y("Choose an annotation first.");let{id:o,n:r}=n.decided;if(!o)return t==="accept"?Hr(n):y("Gold i\
s not decided on here.");let a=$e(o),u=await ee({action:t,id:o,seen:r,...a===void 0?{}:{why:a},...e});return u&&Un(),u&&
t==="comment"?L(l.document,l.selected??0):u&&Z(u),u})}async function Hr({category:t,start:e,end:n,decided:o}){let r=await ee(
{action:"add",document:p()?.id,category:c.categories[t].name,attributes:o?.attributes,start:e,end:n,exact:!0,status:o?.status,
must_find:o?.must_find}),[a,i]=ht().get(r)??[];a!==void 0&&i!==void 0&&L(a,i)}function Z(t,e=1){let n=ht(),{order:o}=b,r=t===
void 0?-1:o.indexOf(t),a=r<0&&e<0?0:r;for(let m=1;m<=o.length;m+=1){let R=(a+e*m+2*o.length)%o.length,[G,yt]=n.get(o[R])??
[];if(G===void 0||yt===void 0)continue;let At=c.documents[G],He=At.marks[yt];if(He.outcome==="open"&&o[R]!==t&&Vn(At,He))
return Kr(G,yt)}if(J())return st();let{done:i,all:u}=Et();return rt(),y(i===u?`All ${u} are decided.`:`${u-i} were left \
for later.`)}function Kr(t,e){L(t,e);let{done:n,all:o}=Et(),r=c.documents[t].marks[e];y(`${n} of ${o} decided. ${N(r)}: ${W(
c.documents[t])[e]}`)}function nt(t){return Te(async()=>{let e=b[t];if(!e)return y(`There is nothing to ${t}.`);let n=await ee(
{action:t,seen:e.n}),[o,r]=ht().get(n)??[];return o===void 0||r===void 0?J()?st():rt():(L(o,r),y(`${t==="undo"?"Taken ba\
ck":"Brought back"}: ${e.said}.`))})}function ro(){let t=x();if(!t?.decided)return null;let{id:e,status:n,must_find:o,why:r}=t.decided;return e?s("section",{
class:"decide","aria-label":"Decide"},gt(),s("div",{class:"choices verdicts",role:"group","aria-label":"Decision"},v("Ac\
cept","a",oe,{class:"accept"}),v("Skip","s",Ae),v("Reject","x",Ce,{class:"reject"})),s("div",{class:"choices",role:"grou\
p","aria-label":"Otherwise"},v("Correct","e",Yt),v("Optional","o",Le,{"aria-pressed":String(n==="optional")}),v("Must fi\
nd","m",Me,{"aria-pressed":String(o)})),zn(e,r,Wr)):_r()}function _r(){return s("section",{class:"decide","aria-label":"\
Decide"},gt(),s("div",{class:"choices"},v("Take it over","a",oe,{class:"accept"})))}function gt(){if(it.problems.length===
0)return null;let t=it.problems.map(e=>f("li",{},e));return s("ul",{class:"warning",role:"alert"},t)}function so(){let{undo:t,
redo:e}=b;return s("div",{class:"choices turns",role:"group","aria-label":"Take back, add"},v("Undo","u",()=>nt("undo"),
{disabled:!t}),v("Redo","U",()=>nt("redo"),{disabled:!e}),v("Add","i",Xt))}function v(t,e,n,{disabled:o=!1,...r}={}){let a=g(
{"aria-keyshortcuts":e,...r},n,t,q(e));return a.disabled=o,a}function Wr(){return V("comment")}function oe(){return V("a\
ccept")}function Ce(){return V("reject")}function Ae(){return V("skip")}function Le(){let t=x()?.decided?.status==="opti\
onal";return V("accept",{status:t?"required":"optional",must_find:!1})}function Me(){let t=x()?.decided?.must_find??!1;return V(
"accept",{must_find:!t,status:"required"})}var qe=40;function io(){d(".bar").after(s("section",{class:"passage","aria-label":"Chunk to read"})),qt("document",Qt),qt(
"marks",Qt),qt("panel",ao),ao()}function ao(){let t=b.chunks.filter(n=>n.read).length,e=`${h(t)} of ${h(b.chunks.length)}\
 chunks read`;$(d(".passage"),f("b",{},e),Ur(),x()?null:gt()),Qt()}function Ur(){let t=J(),e=c.documents.find(r=>r.id===
t?.document);if(!t||!e)return[];let n=j(e).slice(A(e,t.start),A(e,t.end)).replaceAll(/\s+/g," ").trim(),o=n.length>3*qe?
`${n.slice(0,qe).replace(/\s\S*$/,"")} … ${n.slice(-qe).replace(/^\S*\s/,"")}`:n;return[f("span",{class:"ends"},`${e.name}\
: ${o}`),s("div",{class:"choices",role:"group","aria-label":"Chunk"},v("Its beginning","g",st),v("It is read","r",()=>{Ne()},
{class:"accept"}))]}async function Ne(){let t=J();return t?await ne({action:"read",id:t.id})?Z(void 0):void 0:y("There i\
s no chunk to read.")}var zr={duration:"as ISO 8601 writes it: P90D, P12M, P7Y, PT48H",date:"as 2024-05-20, 2024-05 or 2024",country:"as two c\
apital letters: US, DE"};function lo(t,e,n){let o=`about-${t.name}`.replace(/[^\w-]/g,"-");return s("fieldset",{class:"f\
ield","aria-describedby":o},s("legend",{},f("bdi",{},t.name)),f("p",{class:"note",id:o},t.definition),Jr(t,e,n))}function Jr(t,e,n){
if(t.kind==="boolean")return co(t,[{value:"yes",definition:""},{value:"no",definition:""}],e===!0?"yes":e===!1?"no":null,
u=>n(u===null?null:u==="yes"));if(t.values===null)return[Vr(t,e,n)];let{values:o}=t;if(!t.many)return co(t,o,e,n);let r=new Set(
Array.isArray(e)?e:[]);return o.map((a,i)=>je(t,i,"checkbox",a,r.has(a.value),u=>{u?r.add(a.value):r.delete(a.value),n(o.
map(m=>m.value).filter(m=>r.has(m)))}))}function co(t,e,n,o){let r=e.map((u,m)=>je(t,m,"radio",u,u.value===n,()=>o(u.value)));
if(t.required)return r;let a={value:"nothing stated",definition:""},i=e.some(u=>u.value===n);return[...r,je(t,e.length,"\
radio",a,!i,()=>o(null))]}function je(t,e,n,o,r,a){let i=`draft-${t.name}-${e}`.replace(/[^\w-]/g,"-"),u=s("input",{type:n,
id:i,name:`draft-${t.name}`,checked:r});return u.addEventListener("change",()=>a(u.checked)),s("div",{class:"option"},u,
s("label",{for:i},f("b",{},o.value),o.definition?f("span",{class:"note"},` ${o.definition}`):null))}function Vr(t,e,n){let o=`\
draft-${t.name}`.replace(/[^\w-]/g,"-"),r=t.many?s("textarea",{id:o}):s("input",{type:"text",id:o}),a=Array.isArray(e)?e:
e==null?[]:[e];r.value=a.map(Zr).join(`
`),r.addEventListener("input",()=>{let m=r.value.split(`
`).filter(R=>R.trim()).map(R=>Gr(t,R.trim()));n(t.many?m:m[0]??null)});let i=[zr[t.form],t.many?"one to a line":""].filter(
Boolean).join("; ");return s("div",{},s("label",{for:o},i?`Value, ${i}`:"Value"),r)}function Zr(t){return typeof t=="str\
ing"?t:JSON.stringify(t)}function Gr(t,e){if((t.kind==="integer"||t.kind==="number")&&e!==""&&Number.isFinite(Number(e)))
return Number(e);if(!/^[[{]/.test(e))return e;try{return JSON.parse(e)}catch{return e}}var mo={label:"Write",when:()=>T.now!==null&&!eo(),draw(){let{now:t}=T;return t?[s("h2",{class:"drafted",tabindex:-1},t.
action==="add"?"Add an annotation":"Correct"),gt(),uo(),Qr(t),...Yr(t),Xr(t),ts(t),uo()]:[]}};function uo(){return s("di\
v",{class:"choices",role:"group","aria-label":"End"},v("Save","Ctrl+Enter",po,{class:"accept","aria-keyshortcuts":"Contr\
ol+Enter"}),v("Cancel","Esc",Tt,{"aria-keyshortcuts":"Escape"}))}function Qr(t){let e=s("input",{type:"checkbox",id:"dra\
ft-exact",checked:t.exact});return e.addEventListener("change",()=>{t.exact=e.checked,te(),w("panel"),at()}),s("section",
{class:"span","aria-label":"Words"},f("blockquote",{},Oe()),s("div",{class:"choices",role:"group","aria-label":"Move the\
 words"},v("Earlier",",",()=>P("both",-1)),v("Later",".",()=>P("both",1)),v("Start −","{",()=>P("start",-1)),v("Start \
+","}",()=>P("start",1)),v("End −","[",()=>P("end",-1)),v("End +","]",()=>P("end",1)),v("Take what is selected","v",Se)),
b.unit===null?null:s("p",{class:"option"},e,s("label",{for:"draft-exact"},"As it is, not whole sentences and items")),t.
exact&&b.unit!==null?s("p",{class:"note"},"The lint of the gold will ask for whole units."):null)}function Yr(t){let e=s(
"select",{id:"draft-category"}),n=Object.keys(b.forms),o=n.includes(t.category)?[]:[""];for(let i of[...o,...n])e.append(
s("option",{value:i},i||"choose one"));e.value=t.category;let r=s("div",{},...fo(t));e.addEventListener("change",()=>{t.
category=e.value,$(r,...fo(t))});let a=s("label",{for:"draft-category"},"Category");return[s("div",{class:"field"},a,e),
r]}function fo(t){let e=c.categories.find(o=>o.name===t.category),n=(b.forms[t.category]??[]).map(o=>lo(o,t.attributes[o.
name],r=>{t.attributes[o.name]=r}));return[e?be(e):null,...n]}function Xr(t){let e=(n,o,r,a)=>{let i=s("input",{type:"ch\
eckbox",id:n,checked:r});return i.addEventListener("change",()=>a(i.checked)),s("div",{class:"option"},i,s("label",{for:n},
o))};return s("fieldset",{class:"field"},s("legend",{},"In the gold"),e("draft-optional","optional: may be annotated or \
not",t.status==="optional",n=>{t.status=n?"optional":"required"}),e("draft-must","must be found: no change may lose it",
t.must_find,n=>{t.must_find=n}))}function ts(t){let e=s("textarea",{id:"draft-why"});return e.value=t.why,e.addEventListener(
"input",()=>{t.why=e.value}),s("div",{class:"field"},s("label",{for:"draft-why"},"Why"),e)}async function po(){let{now:t}=T;
if(!t)return;let{attributes:e,...n}=t,o=new Set((b.forms[t.category]??[]).map(m=>m.name)),r=Object.entries(e).filter(([m])=>o.
has(m)),a=(b.forms[t.category]??[]).filter(m=>m.many&&e[m.name]===void 0),i=Object.fromEntries([...r,...a.map(m=>[m.name,
[]])]),u=await ne({...n,attributes:i});u&&(Tt(),t.action==="correct"?Z(u):L(...ht().get(u)??[0,0]))}function ho(t){if(!T.
now||l.tab!=="edit")return!1;let n={",":()=>P("both",-1),".":()=>P("both",1),"{":()=>P("start",-1),"}":()=>P("start",1),
"[":()=>P("end",-1),"]":()=>P("end",1),v:Se,Escape:Tt}[t.key];return n&&(t.preventDefault(),es(n)),!!n||/^[a-zA-Z]$/.test(
t.key)}function es(t){let{id:e}=document.activeElement??{};t(),e&&T.now&&document.getElementById(e)?.focus()}function go(t){
!T.now||l.tab!=="edit"||(t.key==="Enter"&&(t.ctrlKey||t.metaKey)?(t.preventDefault(),po()):t.key==="Escape"&&t.target instanceof
Element&&t.target.closest("input[type=text], textarea, select")&&Tt())}var yo=c.documents.some(t=>t.marks.some(e=>(e.decided?.versions.length??0)>0));function xo(){let t=x()?.decided?.versions??
[];return t.length===0?null:s("section",{class:"versions","aria-label":"Versions"},t.map((e,n)=>ns(e,n)))}function ns({by:t,
remarks:e,kept:n},o){let r=c.categories.find(a=>a.name===n?.category);return g({class:"version","aria-keyshortcuts":String(
o+1)},()=>{Pe(o)},s("span",{class:"line"},q(String(o+1)),f("b",{},t.join(", "))),n?null:s("span",{class:"none"},"keeps n\
othing"),n&&s("span",{class:"line"},r&&D(r),f("bdi",{},n.category)),n&&f("span",{class:"stated"},_({attributes:n.stated})),
n&&f("span",{class:"said"},n.quote),n&&os(n),e.map(a=>f("span",{class:"why"},a)))}function os(t){return t.must_find?s("s\
pan",{class:"note"},"must be found"):t.status==="optional"?s("span",{class:"note"},"optional"):null}async function Pe(t){
let e=x()?.decided?.versions[t];if(!e)return y("There is no such version here.");if(!e.kept)return V("reject");let{category:n,
attributes:o,start:r,end:a,status:i,must_find:u}=e.kept;return V("correct",{category:n,attributes:o,start:r,end:a,exact:!0,
status:i,must_find:u})}Wt({a:oe,x:Ce,s:Ae,e:Yt,i:Xt,w:Jn,o:Le,m:Me,u:()=>{nt("undo")},U:()=>{nt("redo")},n:()=>Z(x()?.decided?.id),N:()=>Z(x()?.
decided?.id,-1)});Nt([["a","","accept, and go on to the next that is open"],["x","","reject"],["s","","skip: leave it fo\
r later"],["e","","correct its category, words and attributes"],["i","","add what is missing: on the words that are sele\
cted, or on the next sentence or item"],["w","","say why; Enter keeps it"],["o","","accept as optional, or as required a\
gain"],["m","","accept as one that must be found, or as any other again"],["u","U","undo, redo; Ctrl+Z and Ctrl+Shift+Z \
do the same"],[", .","","while you write: the sentence or item before, after"],["{ }","[ ]","while you write: move the s\
tart, the end; v takes what is selected"],["n","N","next, previous that is open"]]);b.chunks.length>0&&(Wt({g:st,r:()=>{
Ne()}}),Nt([["g","r","go to where the chunk begins; say that it is read to its end"]]));if(yo){let t=[...Array(9).keys()];
Wt(Object.fromEntries(t.map(e=>[String(e+1),()=>{Pe(e)}]))),Nt([["1","9","take the first version, the second and so on"]]),
Jt(xo)}Dn("edit",mo);Jt(ro);Jt(so);gn(ho);var rs=150,bo;function Re(){clearTimeout(bo),bo=window.setTimeout(ss,rs)}function ss(){let t=l.selected===null?"":`:${l.
selected}`;try{history.replaceState(null,"",`#${l.document}${t}`)}catch{}}function wo(){let[,t,e]=/^#(\d+)(?::(\d+))?$/.
exec(location.hash)??[],n=Number(t??0),o=c.documents[n];K(o?n:0),o?.marks[Number(e)]&&L(n,Number(e),{focus:!1})}function ko(){d(".brand").append(...I(c.title));let t=c.documents.reduce((o,r)=>o+ut(r),0),e=O(c.documents.length,"docum\
ent"),n=d(".summary");if(c.subtitle&&n.append(f("bdi",{},c.subtitle)," · "),n.append(M?e:`${O(t,"annotation")} in ${e}`),
c.badge){let o=c.badge.good?"fine":"error";n.append(s("span",{class:`badge ${o}`},c.badge.label))}for(let o of c.notices)
d(".bar").after(f("p",{class:"notice",role:"note"},o))}var re=["left","right"];function vo(t,e){return re.flatMap(n=>{let o=e.filter(r=>C(t.marks[r]).side===n);return o.length>
0?[as(t,o,n)]:[]})}function as(t,e,n){let o=ct(n).map(a=>{let i=e.filter(u=>t.marks[u].layer===a);return s("span",{class:"\
column"},i.map(u=>is(t,u)))}),r=s("span",{class:`tags ${n}`,"data-columns":o.length},...o);return S.groups.push({element:r,
marks:e}),r}function is(t,e){let n=t.marks[e],o=k(n),r=s("button",{type:"button",class:C(n).faint?"tag faint":"tag",tabindex:-1,
"data-mark":e,"data-name":o.name,"data-code":o.code,"data-sign":Q(n)?.sign??"","data-tone":Ve(n),title:N(n),"aria-label":`${N(
n)}: ${W(t)[e]}`});return S.tags.set(e,r),ce(r,o)}var $o=4,cs=6;function se(){let t=p();if(!t)return;let e=new Map([...So(t,"left"),...So(t,"right")]);for(let n of S.pieces)
ls(t,n,e);for(let n of S.groups)hs(t,n);for(let n of d(".sheet").querySelectorAll(".block"))gs(n);Ie()}function So(t,e){
let n=[],o=new Map;return t.marks.forEach((r,a)=>{if(C(r).side!==e||!F(r))return;let i=n.findIndex(m=>m<=r.start),u=i<0?
n.length:i;n[u]=r.end,o.set(a,Math.min(u,cs-1))}),o}function ls(t,{element:e,marks:n},o){let r=n.filter(a=>o.has(a));e.classList.
toggle("marked",r.length>0),e.style.background=r.map(a=>fs(t.marks[a],o.get(a)??0)).join(", ");for(let a of re)e.style.setProperty(
`--${a}`,String(ds(t,r,o,a)));e.style.setProperty("--tint",us(t,r))}function us(t,e){let n=new Set(e.map(o=>k(t.marks[o]).
hue));return n.size===1?`var(--hue-${[...n][0]})`:"var(--soft)"}function ds(t,e,n,o){let r=e.filter(a=>C(t.marks[a]).side===
o);return Math.max(0,...r.map(a=>(n.get(a)??0)+1))}function fs(t,e){let{pattern:n}=k(t),o=C(t).side==="left"?`calc((var(\
--left) - ${e+1}) * ${$o}px)`:`calc(100% - (var(--right) - ${e+1}) * ${$o}px)`,r=n==="double"?3:2;return`${ps[n](ms(t))}\
 0 ${o} / 100% ${r}px no-repeat`}function ms(t){let e=`var(--hue-${k(t).hue})`;return C(t).faint?`color-mix(in oklab, ${e}\
 45%, var(--paper))`:e}var ps={solid:t=>`linear-gradient(${t} 0 0)`,dashed:t=>`repeating-linear-gradient(90deg, ${t} 0 6\
px, #0000 6px 9px)`,dotted:t=>`repeating-linear-gradient(90deg, ${t} 0 2px, #0000 2px 5px)`,double:t=>`linear-gradient(${t}\
 0 1px, #0000 1px 2px, ${t} 2px 3px)`};function hs(t,{element:e,marks:n}){let o=n.filter(r=>F(t.marks[r]));e.hidden=o.length===
0,e.dataset.count=String(o.length);for(let r of n){let a=S.tags.get(r);a&&(a.hidden=!o.includes(r))}}function gs(t){let e=[
...t.querySelectorAll(".marked")];for(let n of re){let o=e.map(r=>Number(r.style.getPropertyValue(`--${n}`)));t.style.setProperty(
`--most-${n}`,String(Math.max(0,...o)))}}function Ie(){let t=d(".sheet");for(let o of t.querySelectorAll(".chosen"))o.classList.
remove("chosen","cited");for(let o of t.querySelectorAll(".partner"))o.classList.remove("partner");t.querySelector(".tag\
[aria-pressed=true]")?.setAttribute("aria-pressed","false"),t.querySelector(".tag[tabindex='0']")?.setAttribute("tabinde\
x","-1");let e=p()?.marks.findIndex(o=>F(o))??-1;S.tags.get(l.selected??e)?.setAttribute("tabindex","0");let n=x();n&&l.
selected!==null&&ys(n,l.selected)}function ys(t,e){for(let{element:n,cited:o}of S.byMark.get(e)??[])n.classList.add("cho\
sen"),n.classList.toggle("cited",!t.evidence||o.includes(e)),n.style.setProperty("--chosen",`var(--hue-${k(t).hue})`);S.
tags.get(e)?.setAttribute("aria-pressed","true");for(let n of t.partners??[])S.tags.get(n)?.classList.add("partner")}function Be(t){let e=t?p():void 0,n=e?.marks.flatMap((r,a)=>F(r)?[xs(r,W(e)[a])]:[]),o=n&&n.length>0?[s("h3",{},"Annotat\
ions"),s("ol",{},n)]:[];$(d(".printed"),o)}function Oo(){window.addEventListener("beforeprint",()=>Be(!0)),window.addEventListener(
"afterprint",()=>Be(!1)),window.matchMedia("print").addEventListener("change",({matches:t})=>Be(t))}function xs(t,e){return s(
"li",{},s("b",{},k(t).code)," ",f("span",{},N(t)),": ",f("q",{},e.trim()),t.pages?` (${mt(t.pages).toLowerCase()})`:null,
f("div",{},_(t)))}function Eo(t,e){return ae(t,n=>n.around).flatMap(n=>{let o=ae(n,To).flatMap(a=>bs(a,e)),[{around:r}]=n;return r?[ws(r,o)]:
o})}function ae(t,e){let n=[];for(let o of t){let r=n.at(-1);r&&e(r[0])===e(o)?r.push(o):n.push([o])}return n}function To(t){
return t.cell?t.cell.table:t.kind==="item"?"list":""}function bs(t,e){let n=To(t[0]);return n===""?t.flatMap(e):n==="lis\
t"?[s("div",{role:"list"},t.flatMap(e))]:[ks(t,e)]}function ws(t,e){let n=s("div",{class:"label","aria-hidden":"true","d\
ata-label":t});return s("div",{class:"around",role:"group","aria-label":t},n,e)}function ks(t,e){let n=ae(t,o=>o.cell?.row).
map(o=>s("tr",{},ae(o,r=>r.cell?.column).flatMap(r=>vs(r,o,e))));return s("div",{class:"table"},s("table",{dir:"auto"},s(
"tbody",{},n)))}function vs(t,e,n){let{before:o,rows:r,columns:a,head:i}=t[0].cell,u=e.every(R=>R.cell?.head),m=s(i?"th":
"td",{colspan:a>1&&a,rowspan:r>1&&r,scope:i&&(u?"col":"row")},t.flatMap(n));return o>0?[s("td",{colspan:o}),m]:[m]}function De(){let t=p(),e={open:new Set,banners:new Set};Ge();let n=d(".sheet");n.lang=t?.language??"",$(n,$s(),t?Eo(t.blocks,
o=>Ss(t,o,e)):[]),tn(n)}function $s(){let t=e=>s("span",{class:`caption ${e}`},ct(e).map(n=>s("span",{"data-label":c.layers[n].
name})));return s("div",{class:"captions","aria-hidden":"true"},t("left"),t("right"))}function Ss(t,e,n){let o=e.pieces.
find(m=>m.unread!==void 0),r=`h${Math.min(e.level+2,6)}`,a=e.kind==="item",i=a&&!e.pieces.some(m=>m.role==="marker"),u=s(
e.kind==="heading"?r:"div",{class:`block ${e.kind}${o?" unread":""}${i?" bulleted":""}`,"data-level":e.level,role:a&&"li\
stitem","aria-level":a&&e.level,lang:e.language,dir:"auto"},e.pieces.flatMap(m=>[...Es(m,m===e.pieces[0]),...Ts(t,m,n)]));
return[...Os(t,o,n),u]}function Os(t,e,{banners:n}){let o=dt(t,e?.unread);if(!o||n.has(o.chunk))return[];n.add(o.chunk);
let r=[o.status,o.note].filter(Boolean).join(", "),a=`Chunk ${o.chunk} was not read: ${r}`;return[s("div",{class:"banner",
role:"note","aria-label":a,"data-label":a})]}function Es({pages:t},e){if(!t)return[];let n=mt(t);return[s("span",{class:e?
"page first":"page",role:"doc-pagebreak","aria-label":n,"data-label":n})]}function Ts(t,e,n){let o=e.unread===void 0?"":
" lost",r=e.style?` ${e.style}`:"",a=`piece ${e.role??"content"}${r}${o}`,i=s("span",{class:a},I(e.text)),u=e.marks??[],
m=u.filter(R=>!n.open.has(R));return n.open=new Set(u),u.length>0&&Qe({element:i,marks:u,cited:e.cited??u}),[...vo(t,m),
i]}function Ct(){let t=p();return t?$(d(".title"),f("h2",{class:"name"},t.name),Cs(t),Fe(t,"annotation","jk"),M?Fe(t,"chang\
e","cC",et):null,X?Fe(t,"error","eE",tt):null):d(".title").replaceChildren()}function Cs(t){let e=Ut(t);return e?s("span",
{class:"language"},e):null}function Fe(t,e,n,o){let r=ot(t,o),a=l.selected===null?0:r.indexOf(l.selected)+1,i=a>0?`${h(a)}\
 of ${h(r.length)}`:O(r.length,e);return s("div",{class:`steps ${e}s`,role:"group","aria-label":`${e}s`},Co("previous",`\
Previous ${e} (${n[1]})`,()=>U(-1,o)),s("span",{},i),Co("next",`Next ${e} (${n[0]})`,()=>U(1,o)))}function Co(t,e,n){return g(
{class:"step","aria-label":e,title:e},n,Ht(t))}var Ao=()=>pt(!1);lt("document",De,Ct,Dt,se,$t,nn,Ao,Re);lt("marks",De,Ct,Dt,se,$t);lt("filters",Dt,se,Ct,ke);lt("select\
ion",Ie,Ct,Re);lt("panel",ke);function As(){d(".sheet").addEventListener("click",xn),d(".tabs").addEventListener("keydow\
n",Fn),d("#query").addEventListener("input",he),d("#query").addEventListener("keydown",un),d("#theme").addEventListener(
"click",_t),d("#help").addEventListener("click",jt),d("#open-rail").addEventListener("click",()=>pt(!0)),d("#text").addEventListener(
"click",Ao,{capture:!0}),document.addEventListener("keydown",yn),Oo()}document.documentElement.dataset.layers=String(c.layers.
length);M&&(l.tab="report");fn();ko();As();wo();document.documentElement.dataset.ready="true";function Lo(){d(".summary").after(s("div",{class:"reach",role:"group","aria-label":"Progress"})),Zt(),b.chunks.length>0&&
io(),document.addEventListener("keydown",Ls),document.addEventListener("keydown",go),window.addEventListener("focus",()=>{
no()}),x()||Z(void 0)}function Ls(t){t.target instanceof Element&&t.target.closest("input, textarea")||!(t.ctrlKey||t.metaKey)||
t.key.toLowerCase()!=="z"||(t.preventDefault(),nt(t.shiftKey?"redo":"undo"))}Lo();
