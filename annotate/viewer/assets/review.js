// Made by `make pages` from annotate/viewer/frontend
var c=JSON.parse(document.getElementById("data")?.textContent??""),Le=new Map(c.outcomes.map(t=>[t.name,t])),go=c.documents.
some(t=>t.units),z=Le.size>0&&!go,M=c.outcomes.some(t=>t.change);function H(t){return Le.get(t.outcome??"")}function x(t){
return c.categories[t.category]}function L(t){return c.layers[t.layer]}function rt(t){return[...c.layers.keys()].filter(
n=>c.layers[n].side===t).sort((n,o)=>c.layers[n].column-c.layers[o].column)}function Vt(){return[...rt("left"),...rt("ri\
ght")]}var yo=/^(class|id|for|type|role|title|hidden|open|checked|name|value|dir|tabindex|lang|colspan|rowspan|scope|data-[a-z]+|aria-[a-z]+)$/;
function s(t,e={},...n){let o=document.createElement(t);for(let[r,a]of Object.entries(e))a!==!1&&a!==null&&a!==void 0&&xo(
o,r,a);return o.append(...Ae(n)),o}function xo(t,e,n){if(!yo.test(e))throw new Error(`a page does not set the attribute ${e}`);
t.setAttribute(e,n===!0?"":String(n))}function Ae(t){return t.flat().filter(e=>e!=null)}function k(t,...e){t.replaceChildren(
...Ae(e))}function g(t,e,...n){let o=s("button",{type:"button",...t},...n);return o.addEventListener("click",e),o}function d(t){
let e=document.querySelector(t);if(!(e instanceof HTMLElement))throw new Error(`the page has no ${t}`);return e}var Me=/([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069])/;
function j(t){return t.split(Me).filter(e=>e!=="").map(e=>Me.test(e)?bo(e):document.createTextNode(e))}function bo(t){let e=t.
charCodeAt(0).toString(16).toUpperCase().padStart(4,"0");return s("span",{class:"control","data-label":`U+${e}`},t)}function f(t,e,n){
return s(t,{dir:"auto",...e},...j(n))}function R(t,...e){return s("section",{},s("h3",{},t),...e)}function v(t){d(".spok\
en").textContent=t}function Zt(t,e){return t.style.setProperty("--hue",`var(--hue-${e.hue})`),t.style.setProperty("--line",e.pattern),t}function K(t){
return Zt(s("span",{class:"swatch","aria-hidden":"true"},t.code),t)}function Et(t){let e=t.error?"error":"fine";return s(
"span",{class:`sign ${e}`,"aria-hidden":"true"},t.sign)}function mt(t){let e=H(t);if(!e)return null;let n=e.error?"error":
"fine";return s("span",{class:`badge ${n}`,title:e.explained},s("span",{class:"sign","aria-hidden":"true"},e.sign),e.label)}
function q(t){return s("kbd",{},t)}var l={document:0,selected:null,tab:"details",everywhere:!1,query:"",keys:!0,hidden:{category:new Set,outcome:new Set,layer:new Set}},
qe={};function st(t,...e){qe[t]=e}function y(t){for(let e of qe[t]??[])e()}function p(){return c.documents[l.document]}function b(){
return l.selected===null?void 0:p()?.marks[l.selected]}var Pe=[["j","k","next, previous annotation"],...M?[Ne("c","C","next, previous change")]:[],...z?[Ne("e","E","next, prev\
ious error")]:[],["d","D","next, previous document"],["Enter","","read about the annotation that has the focus"],["/","",
"search; Enter goes from hit to hit"],["t","","light, dark, or as the system has it"],["Esc","","choose nothing"],["?","",
"this list"]];function Ne(t,e,n){return[t,e,n]}function je(t){Pe.unshift(...t)}function Ct(){let t=d("#keys"),e=Pe.map(([
o,r,a])=>[s("dt",{},q(o),r?q(r):null),s("dd",{},a)]),n=c.outcomes.map(o=>[s("dt",{},Et(o)),s("dd",{},s("b",{},o.label),`\
 ${o.explained}`)]);k(t,s("h2",{id:"keys-title"},"Keys"),s("dl",{},...e),n.length>0?[s("h2",{},"Signs"),s("dl",{},...n)]:
null,s("p",{class:"note"},"A line stands for a category; its hue, its pattern and its code are in the list of categories\
. Click again on words that carry several annotations to go through them."),wo(),g({class:"close"},()=>t.close(),"Close")),
t.showModal()}function wo(){let t=s("input",{type:"checkbox",id:"single-keys",checked:l.keys});return t.addEventListener(
"change",()=>{l.keys=t.checked}),s("p",{},t,s("label",{for:"single-keys"}," Single letters act as keys"))}function B(t){let{category:e,outcome:n,layer:o}=l.hidden;return!e.has(t.category)&&!n.has(t.outcome)&&!o.has(t.layer)}function Re(t){
let{category:e,outcome:n,layer:o}=l.hidden;return[e.delete(t.category),n.delete(t.outcome),o.delete(t.layer)].includes(!0)}
function Qt(t,e){return!e.partners?.some(n=>t.marks[n].layer<e.layer)}function J(t){return!!H(t)?.error}function V(t){return!!H(
t)?.change}function G(t,e=()=>!0){return[...t.marks.keys()].filter(n=>{let o=t.marks[n];return B(o)&&Qt(t,o)&&e(o)})}function pt(t,e){
return(e.partners??[]).map(n=>t.marks[n])}function Be(t){return H(t)?J(t)?"error":V(t)?"good":"calm":""}function N(t){let e=H(
t),n=c.layers.length>1?[L(t).name]:[];return[x(t).name,...n,...e?[e.label]:[]].join(", ")}function Z({attributes:t}){return t.
filter(([,e])=>e.length>0).map(([e,n])=>`${e} ${n.join(", ")}`).join(" · ")}function Tt(t){let e=new WeakMap;return n=>{let o=e.get(n);if(o!==void 0)return o;let r=t(n);return e.set(n,r),r}}var Lt=Tt(
t=>t.blocks.flatMap(e=>e.pieces)),_=Tt(t=>Lt(t).map(e=>e.text).join("")),D=Tt(t=>{let e=t.marks.map(()=>[]);for(let n of Lt(
t))for(let o of n.marks??[])e[o].push(n.text);return e.map(n=>n.join(""))}),De=Tt(t=>{let e=[],n=0;for(let o of _(t))o.length>
1&&e.push(n),n+=1;return e});function W(t,e){return e+De(t).filter(n=>n<e).length}function ht(t,e){return e-De(t).filter(
(n,o)=>n+o<e).length}function at(t){return t.marks.filter(e=>e.layer===0).length}function Mt(t){return t.refused.length+
t.chunks.filter(e=>!e.answered).length}function it(t,e){return t?.chunks.find(n=>n.chunk===e)}var w={pieces:[],byMark:new Map,tags:new Map,groups:[]};function Ie(){w.pieces=[],w.byMark=new Map,w.tags=new Map,w.groups=
[]}function Fe(t){t.element.dataset.marks=t.marks.join(" "),w.pieces.push(t);for(let e of t.marks){let n=w.byMark.get(e);
n?n.push(t):w.byMark.set(e,[t])}}function He(t){let e=w.byMark.get(t)?.map(n=>n.element)??[];return e.find(n=>n.getClientRects().
length>0)??e[0]}var gt=[];function _e(t){let e=document.createTreeWalker(t,NodeFilter.SHOW_TEXT);gt=[];let n=0;for(;e.nextNode();){let o=e.
currentNode;gt.push({node:o,start:n}),n+=o.length}}function X(t,e){let n=document.createRange(),o=Ke(t),r=Ke(e-1);return n.
setStart(o.node,t-o.start),n.setEnd(r.node,e-r.start),n}function We(t,e){let n=document.createRange();n.setStart(t,0),n.
setEnd(e.startContainer,e.startOffset);let o=n.toString().length;return{start:o,end:o+e.toString().length}}function Ke(t){
let e=0,n=gt.length-1;for(;e<n;){let o=Math.ceil((e+n)/2);gt[o].start<=t?e=o:n=o-1}return gt[e]}function tt(t){if(!t)return;let e=t instanceof Range?t.startContainer.parentElement:t,o=(t.getClientRects().length>0?t:e?.
closest(".block")??t).getBoundingClientRect();ko(e?.closest(".table"),o);let r=d("#text"),a=getComputedStyle(r).overflowY===
"auto",i=a?r.getBoundingClientRect():{top:0,height:innerHeight},u=o.top-i.top-i.height/2+Math.min(o.height,i.height/2)/2;
(a?r:window).scrollBy({top:u,behavior:"instant"})}function ko(t,e){if(!t)return;let n=t.getBoundingClientRect();(e.left<
n.left||e.right>n.right)&&(t.scrollLeft+=e.left-n.left-Math.max(0,n.width-e.width)/2)}function Ue(){d("#text").scrollTop=
0}function U(t,{keepPanel:e=!1}={}){l.document=t,l.selected=null,y("document"),e||y("panel")}function A(t,e,{focus:n=!0,scroll:o=!0}={}){
t!==l.document&&U(t,{keepPanel:!0}),l.selected=e;let r=b();r&&Re(r)&&y("filters"),y("selection"),ct("details"),o&&tt(He(
e)),n&&w.tags.get(e)?.focus({preventScroll:!0})}function yt(){l.selected=null,y("selection"),y("panel")}function ct(t){l.
tab=t,y("panel"),d("#panel-body").scrollTop=0}function xt(t){let e=p(),n=it(e,t);if(!e||!n)return;let o=W(e,n.start);tt(
X(o,o+1)),v(`Chunk ${t}`)}function I(t,e=()=>!0){let n=$o(t,e);if(!n)return v("There is none.");let[o,r]=n;A(o,r);let a=c.
documents[o],i=G(a,e),u=`${i.indexOf(r)+1} of ${i.length}`;return v(`${u}. ${N(a.marks[r])}: ${D(a)[r]}`)}function $o(t,e){
let n=c.documents.length;for(let o=0;o<=n;o+=1){let r=(l.document+t*o+2*n*(o+1))%n,a=G(c.documents[r],e),i=o>0?a:a.filter(
m=>vo(m,t)),u=t>0?i[0]:i.at(-1);if(u!==void 0)return[r,u]}return null}function vo(t,e){return l.selected===null?e>0:e>0?
t>l.selected:t<l.selected}function h(t){return t.toLocaleString("en-US")}function S(t,e){return`${h(t)} ${e}${t===1?"":"s"}`}function At(t,e){let n=new Map;
for(let o of t)n.set(e(o),(n.get(e(o))??0)+1);return n}function lt(t){return t.length===1?`Page ${h(t[0])}`:`Pages ${t.map(
h).join(", ")}`}function ze(){let t=c.documents.map((e,n)=>s("li",{},So(e,n)));return s("section",{class:"documents"},s("h2",{},S(c.documents.
length,"document")),s("ul",{},...t))}function So(t,e){let n={id:`document-${e}`,class:"document","aria-current":e===l.document?
"page":null},o=at(t);return g(n,()=>U(e),f("span",{class:"name"},t.name),Oo(Mt(t)),s("span",{class:"count",title:S(o,"an\
notation")},h(o)))}function Oo(t){if(t===0)return null;let e=S(t,"problem");return s("span",{class:"warn",title:e,"aria-\
label":e},`! ${t}`)}function Je(){if(c.layers.length<2)return null;let t=At(p()?.marks??[],n=>n.layer),e=Vt().map(n=>({value:n,label:[Eo(c.layers[n]),
c.layers[n].name],counts:[t.get(n)??0]}));return Gt("Layers","layer",e)}function Eo({side:t,faint:e}){return s("span",{class:`\
edge ${t}${e?" faint":""}`,"aria-hidden":"true"})}function Ve(){let t=p();if(!t||c.outcomes.length===0)return null;let e=At(
t.marks.filter(r=>Qt(t,r)),r=>r.outcome),o=c.outcomes.map(r=>({value:r.name,label:[Et(r),r.label],counts:[e.get(r.name)??
0],title:r.explained})).filter(({value:r})=>e.has(r));return o.length>0?Gt("Outcomes","outcome",o):null}function Ze(){let t=p()?.
marks??[],e=Vt(),n=e.map(i=>At(t.filter(u=>u.layer===i),u=>x(u))),o=c.categories.map((i,u)=>({value:u,label:[K(i),f("spa\
n",{class:"name"},i.name)],counts:n.map(m=>m.get(i)??0),title:i.definition.split(`
`)[0]})),r=e.map(i=>s("span",{},c.layers[i].name)),a=e.length>1?s("span",{class:"columns"},...r):null;return Gt("Categor\
ies","category",o,a)}function Gt(t,e,n,o){let r=n.map(({value:a})=>a);return s("fieldset",{class:`filter ${e}`},s("legen\
d",{},t),s("div",{class:"all"},g({id:`all-${e}`},()=>Yt(e,r,!0),"all"),g({id:`none-${e}`},()=>Yt(e,r,!1),"none"),o),...n.
map(a=>Co(e,a)))}function Co(t,{value:e,label:n,counts:o,title:r}){let a=`${t}-${e}`.replace(/[^\w-]/g,"-"),i=s("input",
{type:"checkbox",id:a,checked:!l.hidden[t].has(e)});return i.addEventListener("change",()=>Yt(t,[e],i.checked)),s("div",
{class:"choice",title:r},i,s("label",{for:a},...n),g({class:"only",id:`only-${a}`,"aria-label":"only this"},()=>To(t,e),
"only"),...o.map(u=>s("span",{class:u>0?"count":"count zero"},h(u))))}function Yt(t,e,n){for(let o of e)n?l.hidden[t].delete(
o):l.hidden[t].add(o);y("filters")}function To(t,e){let n={layer:[...c.layers.keys()],outcome:c.outcomes.map(o=>o.name),
category:[...c.categories.keys()]};l.hidden[t]=new Set(n[t].filter(o=>o!==e)),y("filters")}function qt(){let t=document.activeElement?.closest("#rail")?document.activeElement.id:"";k(d("#rail"),g({class:"close",
id:"close-rail"},()=>ut(!1),"Close"),ze(),Je(),Ve(),Ze(),Lo()),t&&document.getElementById(t)?.focus()}function Lo(){if(c.
facts.length===0)return null;let t=c.facts.flatMap(([e,n])=>[s("dt",{},e),f("dd",{},n)]);return s("details",{class:"run"},
s("summary",{},"About this run"),s("dl",{},...t))}function Xt(){return d("#rail").classList.contains("open")}function ut(t){
Xt()!==t&&(d("#rail").classList.toggle("open",t),d("#open-rail").setAttribute("aria-expanded",String(t)),d(t?"#close-rai\
l":"#open-rail").focus())}var Nt=200,O={texts:[],marks:[],at:-1};function te(){return O.texts.length+O.marks.length}function ee(){return d("#query")}
function Qe(){ee().select()}function ne(){let t=ee().value.trim();if(t===l.query)return;let e=l.query;l.query=t;let n=Mo(
t);O.texts=n?Ao(n):[],O.marks=n?qo(n):[],O.at=-1,t?l.tab="results":e&&l.tab==="results"&&(l.tab="details"),y("panel"),bt()}
function Mo(t){let e=t.split(/\s+/).filter(Boolean).map(n=>n.replace(/[.*+?^${}()|[\]\\/-]/g,"\\$&"));return e.length>0?
new RegExp(e.join("\\s+"),"gi"):null}function Ye(){let t=[...c.documents.keys()].filter(e=>e!==l.document);return c.documents.
length>0?[l.document,...t]:[]}function Ao(t){let e=[];for(let n of Ye())for(let o of _(c.documents[n]).matchAll(t)){if(e.
length===Nt)return e;e.push({document:n,start:o.index,end:o.index+o[0].length})}return e}function qo(t){let e=[];for(let n of Ye())
c.documents[n].marks.forEach((o,r)=>{No(o).search(t)>=0&&e.push({document:n,mark:r})});return e.slice(0,Nt)}function No(t){
return`${N(t)} ${Z(t)} ${(t.facts??[]).flat().join(" ")}`}function oe(t){let e=O.texts[t];e&&(O.at=t,e.document!==l.document&&
U(e.document,{keepPanel:!0}),tt(X(e.start,e.end)),bt(),v(`Hit ${t+1} of ${O.texts.length}`))}function bt(){if(!("highlig\
hts"in CSS))return;let t=O.texts.filter(o=>o.document===l.document),e=t.filter(o=>o===O.texts[O.at]),n=o=>o.map(r=>X(r.start,
r.end));CSS.highlights.set("hit",new Highlight(...n(t))),CSS.highlights.set("hit-now",new Highlight(...n(e)))}function Ge(t){
if(t.key==="Escape"&&(t.preventDefault(),ee().value="",ne(),d("#text").focus()),t.key!=="Enter"||O.texts.length===0)return;
t.preventDefault();let e=t.shiftKey?-1:1,n=O.at<0&&t.shiftKey?0:O.at;oe((n+e+O.texts.length)%O.texts.length)}var Po={light:"M12 4V2m0 20v-2m8-8h2M2 12h2m13.7-5.7 1.4-1.4M4.9 19.1l1.4-1.4m11.4 0 1.4 1.4M4.9 4.9l1.4 1.4M12 8a4 4 0 \
1 0 0 8 4 4 0 0 0 0-8Z",dark:"M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",auto:"M12 3a9 9 0 1 0 0 18Zm0 0a9 9 0\
 0 1 0 18",previous:"m15 5-7 7 7 7",next:"m9 5 7 7-7 7"};function Pt(t){let e="http://www.w3.org/2000/svg",n=document.createElementNS(
e,"svg"),o=document.createElementNS(e,"path");return n.setAttribute("viewBox","0 0 24 24"),n.setAttribute("aria-hidden",
"true"),o.setAttribute("d",Po[t]),n.append(o),n}var jt=["auto","light","dark"],Xe="annotate-theme";function Rt(){let t=jt.findIndex(e=>e===document.documentElement.dataset.
theme);en(jt[(t+1)%jt.length])}function tn(){en(jo())}function en(t){document.documentElement.dataset.theme=t;let e=d("#\
theme");e.replaceChildren(Pt(t)),e.setAttribute("aria-label",`Theme: ${t}`),e.title=`Theme: ${t} (t)`;try{localStorage.setItem(
Xe,t)}catch{}}function jo(){try{return jt.find(t=>t===localStorage.getItem(Xe))??"auto"}catch{return"auto"}}var re={j:()=>I(1),k:()=>I(-1),e:()=>I(1,J),E:()=>I(-1,J),c:()=>I(1,V),C:()=>I(-1,V),d:()=>nn(1),D:()=>nn(-1),"/":Qe,"?":Ct,
t:Rt,Escape:()=>Xt()?ut(!1):yt()};function on(t){Object.assign(re,t)}var Ro="input:not([type=checkbox], [type=radio]), t\
extarea, select, dialog[open]",Bo=["?","Escape"];function nn(t){let e=c.documents.length;U((l.document+t+e)%e)}var rn=()=>!1;
function sn(t){rn=t}function an(t){let e=t.target instanceof Element?t.target:null;if(e?.closest(Ro)||t.ctrlKey||t.metaKey||
t.altKey||t.isComposing||rn(t))return;let n=e?.closest(".tag");t.key==="Enter"&&n instanceof HTMLElement?(t.preventDefault(),
Io(n)):Do(t.key)&&(t.preventDefault(),re[t.key]())}function Do(t){return!Object.hasOwn(re,t)||c.documents.length===0&&t!==
"?"?!1:l.keys||Bo.includes(t)}function Io(t){A(l.document,Number(t.dataset.mark),{focus:!1,scroll:!1}),d(".subject").focus()}
function cn(t){let e=t.target,n=e.closest(".tag");if(n instanceof HTMLElement)return A(l.document,Number(n.dataset.mark),
{scroll:!1});let o=e.closest(".marked"),r=getSelection()?.isCollapsed===!1;if(!(o instanceof HTMLElement)||r)return;let a=(o.
dataset.marks??"").split(" ").map(Number).filter(u=>B(p().marks[u])),i=l.selected===null?-1:a.indexOf(l.selected);return A(
l.document,a[(i+1)%a.length],{scroll:!1})}var Fo=new Intl.DisplayNames(["en"],{type:"language"});function ln(t){try{return Fo.of(t)??t}catch{return t}}function Bt({
language:t,others:e}){let n=e.map(ln).join(", ");return t?[ln(t),...n?[`parts in ${n}`]:[]].join(", "):n&&`parts in ${n}`}function F(t,e,{withCategory:n=!0}={}){let o=c.documents[t],r=o.marks[e],a=D(o)[e];return g({class:"quote","aria-label":`${N(
r)}: ${a}`,"data-goto":`${t}:${e}`},()=>A(t,e),n?Ho(r):mt(r),f("span",{class:"said"},a.trim()),s("span",{class:"stated"},
Z(r)))}function Ho(t){let e=x(t);return s("span",{class:"line"},K(e),s("span",{class:"name"},e.name),mt(t))}function Dt(t,e){
return t===e?null:f("li",{class:"from"},c.documents[t].name)}function dn(t,e){let n=pt(t,e),o=[e,...n].sort((i,u)=>u.layer-i.layer),r=Ko(o).flatMap(i=>_o(i,o,e)),a=n.filter(i=>i.start!==
e.start||i.end!==e.end||i.category!==e.category);return[r.length>0?s("h3",{},"Attributes"):null,r.length>0?s("dl",{class:"\
attributes"},...r):null,...a.map(i=>Uo(t,i))]}function Ko(t){return[...new Set(t.flatMap(e=>e.attributes.map(([n])=>n)))]}
function _o(t,e,n){let o=x(n).attributes[t],r=n.differs?.includes(t)??!1,a=e.length>1&&r?e.map(i=>un(i,t,L(i).name,e)):[
un(n,t,"",[n])];return[s("dt",{title:o?.definition},f("bdi",{},t),r?s("span",{class:"flag"},"differs"):null),s("dd",{},...a,
...Wo(t,e,o))]}function un(t,e,n,o){let r=se(t,e).map(a=>{let i=o.every(u=>se(u,e).includes(a));return f("span",{class:i?
"value":"value odd"},a)});return s("div",{class:"values"},n?s("span",{class:"whose"},n):null,r.length>0?r:s("span",{class:"\
none"},"nothing stated"))}function se(t,e){return t.attributes.find(([n])=>n===e)?.[1]??[]}function Wo(t,e,n){if(!n)return[];
let r=[...new Set(e.flatMap(a=>se(a,t)))].filter(a=>Object.hasOwn(n.values,a));return r.length===0?[s("p",{class:"note"},
n.definition)]:r.map(a=>s("p",{class:"note"},s("b",{},a),` ${n.values[a]}`))}function Uo(t,e){return s("div",{class:"oth\
er"},s("p",{class:"whose"},`${L(e).name}: ${x(e).name}`),F(l.document,t.marks.indexOf(e)))}function wt(t){let{invalid:e,ungrounded:n,requests:o}=t,r=`characters ${h(t.start)}–${h(t.end)}`;return`${[`Chunk ${t.
chunk}, ${r}: ${t.status}`,o>1?`${S(o,"answer")} used`:"",e+n>0?`${e} invalid and ${n} ungrounded annotations sent back`:
"",t.note].filter(Boolean).join("; ")}.`}function fn(t){if(t.length===0)return null;let n=s("table",{class:"ledger"},s("\
thead",{},s("tr",{},...["chunk","ended","found","answers","tokens"].map(o=>s("th",{"aria-label":o},o)))),s("tbody",{},...t.
map(zo)));return R("Chunks",n)}function zo(t){let e=[g({class:"link"},()=>xt(t.chunk),String(t.chunk)),t.status,h(t.annotations),
h(t.requests),h(t.tokens)];return s("tr",{class:t.answered?"":"lost",title:wt(t)},...e.map(n=>s("td",{},n)))}function pn(t,e){return e.evidence?R("Evidence",...e.evidence.map(n=>Zo(t,e,n))):null}var Jo={exact:"Cited letter by let\
ter.",folded:"Cited with other white space, quotes, dashes, case or Markdown marks.",fuzzy:"Cited with two neighbouring \
letters swapped inside one long word."},Vo={context:"What leads into this place was cited with the words.",unit:"Here al\
one they are a whole sentence or item.",order:"The order of the answer leaves this place.",ambiguous:"Nothing says which\
 place was meant."};function Zo(t,e,{grounding:n,cited:o,part:r,places:a,choice:i,chunk:u}){let m=e.layer===0?it(t,u):void 0;
return s("div",{class:"citation"},s("p",{},s("span",{class:`grounding ${n}`},n),` ${Jo[n]??""}`),a>1?s("p",{},s("span",{
class:`placed ${i}`},i),` These words stand at ${a} places. ${Vo[i]??""}`):null,o?mn("cited",o):null,r?mn(o?"printed":"c\
ited part",r):null,m?s("p",{class:"note"},wt(m)):null)}function mn(t,e){return s("div",{class:"labelled"},s("span",{class:"\
whose"},t),f("q",{},e))}var hn=[];function ae(t){hn.push(t)}var gn={label:"Details",draw(){let t=p();if(!t)return[s("p",{class:"quiet"},"This ru\
n holds no document.")];let e=b();return e?Qo(t,e):[Yo(t)]}};function Qo(t,e){return[Xo(e),...hn.map(n=>n()),tr(t,e),er(
t,e),nr(e),...dn(t,e),pn(t,e),or(t,e),ie(x(e)),rr(t,e)]}function Yo(t){let e=`${S(at(t),"annotation")} in ${S(t.characters,
"character")}.`,n=["Click a highlight, or press ",q("j")," and ",q("k")];return s("div",{class:"opening"},s("p",{class:"\
large"},e),s("p",{},...n," to walk through them."),z&&!M&&t.report.length>0?s("p",{},q("e")," goes to the next error. Li\
nes above the words are gold, lines below are predicted."):null,s("p",{},q("/")," searches, ",q("?")," lists all keys an\
d signs."),Go(t))}function Go(t){let e=Bt(t);return R("This document",yn([...e?[["language",e]]:[],...t.facts]))}function yn(t){
let e=t.flatMap(([n,o])=>[f("dt",{},n),f("dd",{},o)]);return s("dl",{class:"facts"},...e)}function Xo(t){let e=x(t);return s(
"h2",{class:"subject",tabindex:-1},K(e),f("span",{class:"name"},e.name),c.layers.length>1?s("span",{class:"of"},L(t).name):
null,mt(t))}function tr(t,e){let n=t.marks.indexOf(e),o=Lt(t).filter(r=>r.marks?.includes(n)).map(r=>{let a=!e.evidence||
(r.cited??r.marks??[]).includes(n);return s("span",{class:a?"words":"around"},...j(r.text))});return s("blockquote",{dir:"\
auto"},...o)}function er(t,e){let n=`characters ${h(e.start)}–${h(e.end)}`,o=e.pages?`${lt(e.pages)}, `:"";return s("p",
{class:"place"},o,n," of ",f("bdi",{},t.name))}function nr(t){return t.claimed?s("div",{class:"warning"},"It claims to q\
uote other words than stand at its place:",f("blockquote",{},t.claimed)):null}function or(t,e){let n=pt(t,e).filter(r=>L(
r).side==="left"),o=[e,...n].flatMap(r=>r.facts??[]);return o.length>0?yn(o):null}function ie(t){if(!t.definition)return s(
"p",{class:"quiet"},"The schema at hand has no definition of this category.");let[e,...n]=t.definition.split(`
`),o=s("details",{},s("summary",{},"All of it"),s("p",{class:"lines"},n.join(`
`).trim()));return s("section",{class:"definition"},s("h3",{},"Definition"),s("p",{},e),n.length>0?o:null)}function rr(t,e){
let n=pt(t,e),o=t.marks.flatMap((r,a)=>{let i=r.start<e.end&&e.start<r.end,u=r!==e&&!n.includes(r);return!i||!u||!B(r)?[]:
[s("li",{},F(l.document,a))]});return o.length===0?null:R("Also on these words",s("ul",{class:"quotes"},...o))}var wn={label:"Categories",draw(){let t=[...c.documents.keys()],e=l.everywhere?t:[l.document],n=c.categories.map((o,r)=>ar(
r,e));return[t.length>1?sr():null,...n,lr()]}};function sr(){return s("div",{class:"scope",role:"group","aria-label":"Wh\
ich documents"},xn("This document",!1),xn("All documents",!0))}function xn(t,e){let n=()=>{l.everywhere=e,y("panel")};return g(
{"aria-pressed":String(l.everywhere===e)},n,t)}function ar(t,e){let n=c.categories[t],o=e.flatMap(i=>cr(i,t));if(o.length===
0)return null;let r=s("ul",{class:"quotes"}),a=s("details",{class:"category","data-category":t},s("summary",{},K(n),f("s\
pan",{class:"name"},n.name),s("span",{class:"count"},h(o.length))),n.definition?s("p",{class:"note"},n.definition.split(
`
`)[0]):null,r);return a.addEventListener("toggle",()=>{a.open&&r.childElementCount===0&&k(r,...ir(o))}),a}function ir(t){
return t.flatMap(([e,n],o)=>[l.everywhere?Dt(e,t[o-1]?.[0]):null,s("li",{},F(e,n,{withCategory:!1}))])}function cr(t,e){
return c.documents[t].marks.flatMap((n,o)=>n.category===e&&n.layer===0?[[t,o]]:[])}function lr(){let t=p()?.silence;if(!t||
t.silent.length+t.open.length===0)return null;let e="Every chunk of this document was answered, and nothing of these was\
 found.",n=`No silence is claimed: ${t.why}.`;return s("section",{class:"silence"},bn("Silent",e,t.silent),bn("Not found\
, and not known to be absent",n,t.open))}function bn(t,e,n){if(n.length===0)return null;let o=n.map(r=>s("li",{},K(c.categories[r]),
f("span",{},c.categories[r].name)));return s("div",{},s("h3",{},t),s("p",{class:"note"},e),s("ul",{class:"names"},...o))}var $n={label:"Problems",count(){let t=p();return(t?Mt(t):0)+c.unreadable.length},draw(){let{chunks:t,refused:e}=p()??{chunks:[],
refused:[]},n=t.filter(i=>!i.answered),o=[It("Not read","These parts of the text are hatched: nothing is known about the\
m.",n.map(dr)),It("Refused answers","They broke the schema or quoted words that the text does not hold, and no repair co\
rrected them.",e.map(fr)),It("Unreadable inputs","",c.unreadable.map(kn))],r=o.some(i=>i!==null),a=It("Skipped inputs","\
They were found where the inputs lead, and are not part of this run.",c.skipped.map(kn));return[...r?o:[ur(t)],a,fn(t)]}};
function It(t,e,n){return n.length===0?null:R(t,e?s("p",{class:"note"},e):null,s("ul",{class:"problems"},...n))}function ur(t){
let e=t.length>0?`All ${S(t.length,"chunk")} of this document were answered, and no answer was refused.`:"Nothing is kno\
wn of how this text was read.";return s("p",{class:"quiet"},e)}function dr(t){let e=f("span",{},wt(t));return s("li",{},
g({class:"problem"},()=>xt(t.chunk),e))}function fr(t){let{chunk:e}=t;return s("li",{class:"refused"},s("p",{},s("span",
{class:"badge error"},t.kind)," ",f("b",{},t.category||"no category")),t.quote?f("blockquote",{},t.quote):null,t.answer?
f("pre",{},t.answer):null,f("p",{class:"stated"},Z(t)),s("ul",{class:"note"},...t.problems.map(n=>f("li",{},n))),e===null?
null:g({class:"link"},()=>xt(e),`chunk ${e}`))}function kn({source:t,reason:e}){return s("li",{},f("b",{},t)," ",f("span",
{},e))}var vn=4,On={label:M?"Changes":"Errors",when:()=>z,count:()=>Sn().length,draw(){let t=p()?.report??[],e=c.documents.length>
1||M?c.report:[],n=Sn().map(o=>s("li",{},F(l.document,o)));return[...[...e,...t].map(mr),t.length>0?s("h3",{},S(n.length,
M?"change":"error")):s("p",{class:"quiet"},"There is no gold for this document."),s("ul",{class:"quotes"},...n)]}};function Sn(){
let t=p();return t?G(t,M?V:J):[]}function mr({title:t,notes:e,columns:n,rows:o}){return s("section",{class:"report"},f("\
h3",{},t),...e.slice(0,vn).map(En),pr(e.slice(vn)),o.length>0?hr(n,o):null)}function En(t){return f("p",{class:"note"},t)}
function pr(t){if(t.length===0)return null;let e=s("summary",{},`${h(t.length)} more`);return s("details",{},e,...t.map(
En))}function hr(t,e){let n=s("tr",{},...t.map(r=>s("th",{},r))),o=e.map(([r,...a])=>s("tr",{},f("th",{},r),...a.map(i=>s(
"td",{},i))));return s("table",{},s("thead",{},n),s("tbody",{},...o))}var ce=36,Tn={label:"Results",when:()=>l.query!=="",count:te,draw(){if(te()===0)return[s("p",{class:"quiet"},"Nothing fo\
und.")];let{texts:t,marks:e}=O,n=c.documents.length>1;return[Cn("In the text",t.length,t.flatMap((o,r)=>[n?Dt(o.document,
t[r-1]?.document):null,s("li",{},gr(o,r))])),Cn("In annotations",e.length,e.map(o=>s("li",{},F(o.document,o.mark))))]}};
function Cn(t,e,n){if(e===0)return null;let o=e===Nt?`the first ${e}`:h(e);return R(`${t}: ${o}`,s("ul",{class:"quotes"},
...n))}function gr({document:t,start:e,end:n},o){let r=_(c.documents[t]),a=r.slice(Math.max(0,e-ce),e),i=r.slice(n,n+ce);
return g({class:"quote","data-hit":o},()=>oe(o),s("span",{class:"said",dir:"auto"},"…",...j(e>ce?a.replace(/^\S*\s/,""):
a),s("mark",{},...j(r.slice(e,n))),...j(i.replace(/\s\S*$/,"")),"…"))}var kt={details:gn,index:wn,problems:$n,report:On,results:Tn};function Ln(t,e){kt[t]=e}function le(){let t=Object.keys(kt).
filter(n=>kt[n].when?.()??!0);t.includes(l.tab)||(l.tab="details"),k(d(".tabs"),...t.map(yr)),d(`#tab-${l.tab}`).scrollIntoView(
{block:"nearest",inline:"nearest"});let e=d("#panel-body");k(e,...kt[l.tab].draw()),e.setAttribute("aria-labelledby",`ta\
b-${l.tab}`)}function yr(t){let{label:e,count:n}=kt[t],o=t===l.tab,r=n?.()??0,a={class:"tab",role:"tab",id:`tab-${t}`,"a\
ria-selected":String(o),"aria-controls":"panel-body",tabindex:o?0:-1};return g(a,()=>xr(t),e," ",r>0?s("span",{class:"co\
unt"},h(r)):null)}function xr(t){ct(t),d(`#tab-${t}`).focus()}function Mn(t){let e=[...d(".tabs").children],n=e.findIndex(
a=>a===document.activeElement),o={ArrowRight:1,ArrowLeft:-1}[t.key];if(n<0||o===void 0)return;t.preventDefault();let r=e[(n+
o+e.length)%e.length];r.focus(),r.click()}function An(t){return Nn("/decisions",{method:"POST",headers:{"content-type":"application/json"},body:JSON.stringify(t)})}
function qn(t){return Nn(`/changes?since=${t}`,{})}async function Nn(t,e){try{let n=await fetch(t,e);if(n.headers.get("c\
ontent-type")?.startsWith("application/json")){let o=await n.json();return{news:o.documents&&o,...o}}return{problems:[`n\
ot kept: ${(await n.text()).trim()}`]}}catch{return{problems:["not kept: the server does not answer. Is annotate review \
still running?"]}}}var E=c.review,ue=[],br=300*1e3;function $t(){let t=new Map;return c.documents.forEach((e,n)=>{e.marks.forEach((o,r)=>t.
set(o.decided?.id,[n,r]))}),t}function vt(){let t=c.documents.flatMap(e=>e.marks);return{done:t.filter(e=>!wr(e)).length,
all:t.length}}function wr(t){return t.outcome==="open"||t.outcome==="skipped"}function Pn(){let t=Date.now(),e=ue.filter(
o=>t-o<br),n=(t-e[0])/6e4;return e.length<3?0:e.length/n}function Ft(){let{done:t,all:e}=vt(),n=s("progress",{"aria-label":"Decided"});n.max=Math.max(e,1),n.value=t,k(d(".reach"),
n,s("span",{class:"counted"},`${h(t)} of ${h(e)}`),s("span",{class:"pace"},kr(e-t)))}function kr(t){let e=Pn();if(e===0)
return"";let n=t===0?"":`, ${h(Math.ceil(t/e))} min left`;return`${h(Math.round(e))} a minute${n}`}var Ht={id:"",text:""};function de(t){return Ht.id===t?Ht.text:void 0}function jn(){Ht.id=""}function Rn(t,e,n){let o=s(
"input",{type:"text",id:"remark","aria-keyshortcuts":"w"});return o.autocomplete="off",o.value=de(t)??e,o.addEventListener(
"input",()=>Object.assign(Ht,{id:t,text:o.value})),o.addEventListener("keydown",r=>{r.key==="Enter"&&n(),(r.key==="Enter"||
r.key==="Escape")&&d("#text").focus()}),s("div",{class:"remark"},s("label",{for:"remark"},"Why ",q("w")),o)}function Bn(){
document.getElementById("remark")?.focus()}var C={now:null};function Kt(){let t=p(),e=b();if(!t?.id||!e?.decided)return v("Choose an annotation first.");let{id:n,n:o,
attributes:r,status:a,must_find:i,why:u}=e.decided;return Dn({action:"correct",id:n,seen:o,document:t.id,category:x(e).name,
attributes:structuredClone(r),start:e.start,end:e.end,exact:!Sr(t,e.start,e.end),status:a,must_find:i,why:u})}function _t(){
let t=p();if(!t?.id)return;let[e,n]=In(t)??$r(t);Dn({action:"add",id:"",seen:0,document:t.id,category:"",attributes:{},start:e,
end:n,exact:!1,status:"required",must_find:!1,why:""}),Kn()}function Dn(t){C.now=t,nt.problems=[],Wt(),ct("edit"),et(),d(
t.action==="add"?"#draft-category":".drafted").focus()}function St(){C.now=null,nt.problems=[],et(),ct("details"),d("#te\
xt").focus()}function In(t){let e=d(".sheet"),n=getSelection();if(!n||n.isCollapsed||n.rangeCount===0)return null;let o=n.
getRangeAt(0);if(!e.contains(o.commonAncestorContainer))return null;let{start:r,end:a}=We(e,o);return _(t).slice(r,a).trim()?
[ht(t,r),ht(t,a)]:null}function $r(t){let e=t.units??[],n=b()?.end??0;return e.find(([o])=>o>=n)??e.at(-1)??[0,1]}function fe(){
let t=p(),e=t&&In(t);return!e||!C.now?v("Select words of the text first."):([C.now.start,C.now.end]=e,Fn())}function P(t,e){
let n=p(),o=C.now;if(!n||!o)return;let r=o.exact?vr(n,o):n.units??[];if(t==="both"){let a=e>0?r.find(([i])=>i>=o.end):r.
findLast(([,i])=>i<=o.start);a&&([o.start,o.end]=a)}else{let a=t==="start"?0:1,i=r.map(m=>m[a]),u=e>0?i.find(m=>m>o[t]):
i.findLast(m=>m<o[t]);u!==void 0&&(o[t]=u)}o.start<o.end?Fn():v("The span would be empty.")}function vr(t,e){let n=Math.
max(0,W(t,e.start)-300);return[..._(t).slice(n,W(t,e.end)+300).matchAll(/\S+/g)].map(r=>[ht(t,n+r.index),ht(t,n+r.index+
r[0].length)])}function Fn(){Wt(),y("panel"),Kn()}function Wt(){let t=p(),e=C.now;if(!t||!e||e.exact||E.unit===null)return;
let n=(t.units??[]).filter(([o,r])=>o<e.end&&e.start<r);n.length!==0&&(e.start=n[0][0],e.end=n.at(-1)[1])}function Sr(t,e,n){
let o=t.units??[];return o.some(r=>r[0]===e)&&o.some(r=>r[1]===n)}function me(){let t=p(),e=C.now;return!t||!e?"":_(t).slice(
W(t,e.start),W(t,e.end))}function Hn(){let t=p(),e=C.now;return!t||!e||t.id!==e.document?null:X(W(t,e.start),W(t,e.end))}
function et(){if(!("highlights"in CSS))return;let t=Hn();t?CSS.highlights.set("draft",new Highlight(t)):CSS.highlights.delete(
"draft")}function Kn(){et(),tt(Hn()??void 0),v(me())}function _n(){return C.now!==null&&c.documents[l.document]?.id!==C.
now.document}function pe(t){let{documents:e,last:n,order:o,undo:r,redo:a}=t;Object.assign(E,{last:n,order:o,undo:r,redo:a});for(let{id:i,
blocks:u,marks:m}of e){let T=c.documents.findIndex(ft=>ft.id===i);if(T<0)continue;let dt=T===l.document?b()?.decided?.id:
void 0;c.documents[T]={...c.documents[T],blocks:u,marks:m},T===l.document&&Or(dt)}y("panel")}function Or(t){let{marks:e}=c.
documents[l.document],n=e.findIndex(a=>t!==void 0&&a.decided?.id===t);l.selected=n<0?null:n;let o=d("#text"),{scrollTop:r}=o;
y("marks"),o.scrollTop=r,et()}async function Wn(){let{news:t}=await qn(E.last);t&&pe(t)}var nt={problems:[]},Un=Promise.resolve();function he(t){let e=Un.then(t);return Un=e.catch(()=>{}),e}async function ge(t){
let{news:e,problems:n,made:o}=await An({...t,since:E.last});return nt.problems=n??[],e?pe(e):y("panel"),n?v(n.join(" ")):
ue.push(Date.now()),Ft(),n?"":o??""}function zn(t){return he(()=>ge(t))}function ot(t,e={}){return he(async()=>{let n=b();
if(!n?.decided)return v("Choose an annotation first.");let{id:o,n:r}=n.decided,a=de(o),u=await ge({action:t,id:o,seen:r,
...a===void 0?{}:{why:a},...e});return u&&jn(),u&&t==="comment"?A(l.document,l.selected??0):u&&Q(u),u})}function Q(t,e=1){
let n=$t(),{order:o}=E,r=t===void 0?-1:o.indexOf(t),a=r<0&&e<0?0:r;for(let m=1;m<=o.length;m+=1){let T=(a+e*m+2*o.length)%
o.length,[dt,ft]=n.get(o[T])??[];if(dt===void 0||ft===void 0)continue;if(c.documents[dt].marks[ft].outcome==="open"&&o[T]!==
t)return Er(dt,ft)}let{done:i,all:u}=vt();return yt(),v(i===u?`All ${u} are decided.`:`${u-i} were left for later.`)}function Er(t,e){
A(t,e);let{done:n,all:o}=vt(),r=c.documents[t].marks[e];v(`${n} of ${o} decided. ${N(r)}: ${D(c.documents[t])[e]}`)}function Y(t){
return he(async()=>{let e=E[t];if(!e)return v(`There is nothing to ${t}.`);let n=await ge({action:t,seen:e.n}),[o,r]=$t().
get(n)??[];return o===void 0||r===void 0?yt():(A(o,r),v(`${t==="undo"?"Taken back":"Brought back"}: ${e.said}.`))})}function Jn(){let t=b();if(!t?.decided)return null;let{id:e,status:n,must_find:o,why:r}=t.decided;return s("section",{class:"\
decide","aria-label":"Decide"},ye(),s("div",{class:"choices verdicts",role:"group","aria-label":"Decision"},$("Accept","\
a",xe,{class:"accept"}),$("Skip","s",we),$("Reject","x",be,{class:"reject"})),s("div",{class:"choices",role:"group","ari\
a-label":"Otherwise"},$("Correct","e",Kt),$("Optional","o",ke,{"aria-pressed":String(n==="optional")}),$("Must find","m",
$e,{"aria-pressed":String(o)})),Rn(e,r,Cr))}function ye(){if(nt.problems.length===0)return null;let t=nt.problems.map(e=>f(
"li",{},e));return s("ul",{class:"warning",role:"alert"},t)}function Vn(){let{undo:t,redo:e}=E;return s("div",{class:"ch\
oices turns",role:"group","aria-label":"Take back, add"},$("Undo","u",()=>Y("undo"),{disabled:!t}),$("Redo","U",()=>Y("r\
edo"),{disabled:!e}),$("Add","i",_t))}function $(t,e,n,{disabled:o=!1,...r}={}){let a=g({"aria-keyshortcuts":e,...r},n,t,
q(e));return a.disabled=o,a}function Cr(){return ot("comment")}function xe(){return ot("accept")}function be(){return ot(
"reject")}function we(){return ot("skip")}function ke(){let t=b()?.decided?.status==="optional";return ot("accept",{status:t?
"required":"optional",must_find:!1})}function $e(){let t=b()?.decided?.must_find??!1;return ot("accept",{must_find:!t,status:"\
required"})}var Tr={duration:"as ISO 8601 writes it: P90D, P12M, P7Y, PT48H",date:"as 2024-05-20, 2024-05 or 2024",country:"as two c\
apital letters: US, DE"};function Qn(t,e,n){let o=`about-${t.name}`.replace(/[^\w-]/g,"-");return s("fieldset",{class:"f\
ield","aria-describedby":o},s("legend",{},f("bdi",{},t.name)),f("p",{class:"note",id:o},t.definition),Lr(t,e,n))}function Lr(t,e,n){
if(t.kind==="boolean")return Zn(t,[{value:"yes",definition:""},{value:"no",definition:""}],e===!0?"yes":e===!1?"no":null,
u=>n(u===null?null:u==="yes"));if(t.values===null)return[Mr(t,e,n)];let{values:o}=t;if(!t.many)return Zn(t,o,e,n);let r=new Set(
Array.isArray(e)?e:[]);return o.map((a,i)=>ve(t,i,"checkbox",a,r.has(a.value),u=>{u?r.add(a.value):r.delete(a.value),n(o.
map(m=>m.value).filter(m=>r.has(m)))}))}function Zn(t,e,n,o){let r=e.map((u,m)=>ve(t,m,"radio",u,u.value===n,()=>o(u.value)));
if(t.required)return r;let a={value:"nothing stated",definition:""},i=e.some(u=>u.value===n);return[...r,ve(t,e.length,"\
radio",a,!i,()=>o(null))]}function ve(t,e,n,o,r,a){let i=`draft-${t.name}-${e}`.replace(/[^\w-]/g,"-"),u=s("input",{type:n,
id:i,name:`draft-${t.name}`,checked:r});return u.addEventListener("change",()=>a(u.checked)),s("div",{class:"option"},u,
s("label",{for:i},f("b",{},o.value),o.definition?f("span",{class:"note"},` ${o.definition}`):null))}function Mr(t,e,n){let o=`\
draft-${t.name}`.replace(/[^\w-]/g,"-"),r=t.many?s("textarea",{id:o}):s("input",{type:"text",id:o}),a=Array.isArray(e)?e:
e==null?[]:[e];r.value=a.map(Ar).join(`
`),r.addEventListener("input",()=>{let m=r.value.split(`
`).filter(T=>T.trim()).map(T=>qr(t,T.trim()));n(t.many?m:m[0]??null)});let i=[Tr[t.form],t.many?"one to a line":""].filter(
Boolean).join("; ");return s("div",{},s("label",{for:o},i?`Value, ${i}`:"Value"),r)}function Ar(t){return typeof t=="str\
ing"?t:JSON.stringify(t)}function qr(t,e){if((t.kind==="integer"||t.kind==="number")&&e!==""&&Number.isFinite(Number(e)))
return Number(e);if(!/^[[{]/.test(e))return e;try{return JSON.parse(e)}catch{return e}}var Xn={label:"Write",when:()=>C.now!==null&&!_n(),draw(){let{now:t}=C;return t?[s("h2",{class:"drafted",tabindex:-1},t.
action==="add"?"Add an annotation":"Correct"),ye(),Yn(),Nr(t),...Pr(t),jr(t),Rr(t),Yn()]:[]}};function Yn(){return s("di\
v",{class:"choices",role:"group","aria-label":"End"},$("Save","Ctrl+Enter",to,{class:"accept","aria-keyshortcuts":"Contr\
ol+Enter"}),$("Cancel","Esc",St,{"aria-keyshortcuts":"Escape"}))}function Nr(t){let e=s("input",{type:"checkbox",id:"dra\
ft-exact",checked:t.exact});return e.addEventListener("change",()=>{t.exact=e.checked,Wt(),y("panel"),et()}),s("section",
{class:"span","aria-label":"Words"},f("blockquote",{},me()),s("div",{class:"choices",role:"group","aria-label":"Move the\
 words"},$("Earlier",",",()=>P("both",-1)),$("Later",".",()=>P("both",1)),$("Start −","{",()=>P("start",-1)),$("Start \
+","}",()=>P("start",1)),$("End −","[",()=>P("end",-1)),$("End +","]",()=>P("end",1)),$("Take what is selected","v",fe)),
E.unit===null?null:s("p",{class:"option"},e,s("label",{for:"draft-exact"},"As it is, not whole sentences and items")),t.
exact&&E.unit!==null?s("p",{class:"note"},"The lint of the gold will ask for whole units."):null)}function Pr(t){let e=s(
"select",{id:"draft-category"}),n=Object.keys(E.forms),o=n.includes(t.category)?[]:[""];for(let i of[...o,...n])e.append(
s("option",{value:i},i||"choose one"));e.value=t.category;let r=s("div",{},...Gn(t));e.addEventListener("change",()=>{t.
category=e.value,k(r,...Gn(t))});let a=s("label",{for:"draft-category"},"Category");return[s("div",{class:"field"},a,e),
r]}function Gn(t){let e=c.categories.find(o=>o.name===t.category),n=(E.forms[t.category]??[]).map(o=>Qn(o,t.attributes[o.
name],r=>{t.attributes[o.name]=r}));return[e?ie(e):null,...n]}function jr(t){let e=(n,o,r,a)=>{let i=s("input",{type:"ch\
eckbox",id:n,checked:r});return i.addEventListener("change",()=>a(i.checked)),s("div",{class:"option"},i,s("label",{for:n},
o))};return s("fieldset",{class:"field"},s("legend",{},"In the gold"),e("draft-optional","optional: may be annotated or \
not",t.status==="optional",n=>{t.status=n?"optional":"required"}),e("draft-must","must be found: no change may lose it",
t.must_find,n=>{t.must_find=n}))}function Rr(t){let e=s("textarea",{id:"draft-why"});return e.value=t.why,e.addEventListener(
"input",()=>{t.why=e.value}),s("div",{class:"field"},s("label",{for:"draft-why"},"Why"),e)}async function to(){let{now:t}=C;
if(!t)return;let{attributes:e,...n}=t,o=new Set((E.forms[t.category]??[]).map(m=>m.name)),r=Object.entries(e).filter(([m])=>o.
has(m)),a=(E.forms[t.category]??[]).filter(m=>m.many&&e[m.name]===void 0),i=Object.fromEntries([...r,...a.map(m=>[m.name,
[]])]),u=await zn({...n,attributes:i});u&&(St(),t.action==="correct"?Q(u):A(...$t().get(u)??[0,0]))}function eo(t){if(!C.
now||l.tab!=="edit")return!1;let n={",":()=>P("both",-1),".":()=>P("both",1),"{":()=>P("start",-1),"}":()=>P("start",1),
"[":()=>P("end",-1),"]":()=>P("end",1),v:fe,Escape:St}[t.key];return n&&(t.preventDefault(),Br(n)),!!n||/^[a-zA-Z]$/.test(
t.key)}function Br(t){let{id:e}=document.activeElement??{};t(),e&&C.now&&document.getElementById(e)?.focus()}function no(t){
!C.now||l.tab!=="edit"||(t.key==="Enter"&&(t.ctrlKey||t.metaKey)?(t.preventDefault(),to()):t.key==="Escape"&&t.target instanceof
Element&&t.target.closest("input[type=text], textarea, select")&&St())}on({a:xe,x:be,s:we,e:Kt,i:_t,w:Bn,o:ke,m:$e,u:()=>{Y("undo")},U:()=>{Y("redo")},n:()=>Q(b()?.decided?.id),N:()=>Q(b()?.decided?.
id,-1)});je([["a","","accept, and go on to the next that is open"],["x","","reject"],["s","","skip: leave it for later"],
["e","","correct its category, words and attributes"],["i","","add what is missing: on the words that are selected, or o\
n the next sentence or item"],["w","","say why; Enter keeps it"],["o","","accept as optional, or as required again"],["m",
"","accept as one that must be found, or as any other again"],["u","U","undo, redo; Ctrl+Z and Ctrl+Shift+Z do the same"],
[", .","","while you write: the sentence or item before, after"],["{ }","[ ]","while you write: move the start, the end;\
 v takes what is selected"],["n","N","next, previous that is open"]]);Ln("edit",Xn);ae(Jn);ae(Vn);sn(eo);var Dr=150,oo;function Se(){clearTimeout(oo),oo=window.setTimeout(Ir,Dr)}function Ir(){let t=l.selected===null?"":`:${l.
selected}`;try{history.replaceState(null,"",`#${l.document}${t}`)}catch{}}function ro(){let[,t,e]=/^#(\d+)(?::(\d+))?$/.
exec(location.hash)??[],n=Number(t??0),o=c.documents[n];U(o?n:0),o?.marks[Number(e)]&&A(n,Number(e),{focus:!1})}function so(){d(".brand").append(...j(c.title));let t=c.documents.reduce((o,r)=>o+at(r),0),e=S(c.documents.length,"docum\
ent"),n=d(".summary");if(c.subtitle&&n.append(f("bdi",{},c.subtitle)," · "),n.append(M?e:`${S(t,"annotation")} in ${e}`),
c.badge){let o=c.badge.good?"fine":"error";n.append(s("span",{class:`badge ${o}`},c.badge.label))}for(let o of c.notices)
d(".bar").after(f("p",{class:"notice",role:"note"},o))}var Ut=["left","right"];function ao(t,e){return Ut.flatMap(n=>{let o=e.filter(r=>L(t.marks[r]).side===n);return o.length>
0?[Fr(t,o,n)]:[]})}function Fr(t,e,n){let o=rt(n).map(a=>{let i=e.filter(u=>t.marks[u].layer===a);return s("span",{class:"\
column"},i.map(u=>Hr(t,u)))}),r=s("span",{class:`tags ${n}`,"data-columns":o.length},...o);return w.groups.push({element:r,
marks:e}),r}function Hr(t,e){let n=t.marks[e],o=x(n),r=s("button",{type:"button",class:L(n).faint?"tag faint":"tag",tabindex:-1,
"data-mark":e,"data-name":o.name,"data-code":o.code,"data-sign":H(n)?.sign??"","data-tone":Be(n),title:N(n),"aria-label":`${N(
n)}: ${D(t)[e]}`});return w.tags.set(e,r),Zt(r,o)}var io=4,Kr=6;function zt(){let t=p();if(!t)return;let e=new Map([...co(t,"left"),...co(t,"right")]);for(let n of w.pieces)
_r(t,n,e);for(let n of w.groups)Zr(t,n);for(let n of d(".sheet").querySelectorAll(".block"))Qr(n);Oe()}function co(t,e){
let n=[],o=new Map;return t.marks.forEach((r,a)=>{if(L(r).side!==e||!B(r))return;let i=n.findIndex(m=>m<=r.start),u=i<0?
n.length:i;n[u]=r.end,o.set(a,Math.min(u,Kr-1))}),o}function _r(t,{element:e,marks:n},o){let r=n.filter(a=>o.has(a));e.classList.
toggle("marked",r.length>0),e.style.background=r.map(a=>zr(t.marks[a],o.get(a)??0)).join(", ");for(let a of Ut)e.style.setProperty(
`--${a}`,String(Ur(t,r,o,a)));e.style.setProperty("--tint",Wr(t,r))}function Wr(t,e){let n=new Set(e.map(o=>x(t.marks[o]).
hue));return n.size===1?`var(--hue-${[...n][0]})`:"var(--soft)"}function Ur(t,e,n,o){let r=e.filter(a=>L(t.marks[a]).side===
o);return Math.max(0,...r.map(a=>(n.get(a)??0)+1))}function zr(t,e){let{pattern:n}=x(t),o=L(t).side==="left"?`calc((var(\
--left) - ${e+1}) * ${io}px)`:`calc(100% - (var(--right) - ${e+1}) * ${io}px)`,r=n==="double"?3:2;return`${Vr[n](Jr(t))}\
 0 ${o} / 100% ${r}px no-repeat`}function Jr(t){let e=`var(--hue-${x(t).hue})`;return L(t).faint?`color-mix(in oklab, ${e}\
 45%, var(--paper))`:e}var Vr={solid:t=>`linear-gradient(${t} 0 0)`,dashed:t=>`repeating-linear-gradient(90deg, ${t} 0 6\
px, #0000 6px 9px)`,dotted:t=>`repeating-linear-gradient(90deg, ${t} 0 2px, #0000 2px 5px)`,double:t=>`linear-gradient(${t}\
 0 1px, #0000 1px 2px, ${t} 2px 3px)`};function Zr(t,{element:e,marks:n}){let o=n.filter(r=>B(t.marks[r]));e.hidden=o.length===
0,e.dataset.count=String(o.length);for(let r of n){let a=w.tags.get(r);a&&(a.hidden=!o.includes(r))}}function Qr(t){let e=[
...t.querySelectorAll(".marked")];for(let n of Ut){let o=e.map(r=>Number(r.style.getPropertyValue(`--${n}`)));t.style.setProperty(
`--most-${n}`,String(Math.max(0,...o)))}}function Oe(){let t=d(".sheet");for(let o of t.querySelectorAll(".chosen"))o.classList.
remove("chosen","cited");for(let o of t.querySelectorAll(".partner"))o.classList.remove("partner");t.querySelector(".tag\
[aria-pressed=true]")?.setAttribute("aria-pressed","false"),t.querySelector(".tag[tabindex='0']")?.setAttribute("tabinde\
x","-1");let e=p()?.marks.findIndex(o=>B(o))??-1;w.tags.get(l.selected??e)?.setAttribute("tabindex","0");let n=b();n&&l.
selected!==null&&Yr(n,l.selected)}function Yr(t,e){for(let{element:n,cited:o}of w.byMark.get(e)??[])n.classList.add("cho\
sen"),n.classList.toggle("cited",!t.evidence||o.includes(e)),n.style.setProperty("--chosen",`var(--hue-${x(t).hue})`);w.
tags.get(e)?.setAttribute("aria-pressed","true");for(let n of t.partners??[])w.tags.get(n)?.classList.add("partner")}function Ee(t){let e=t?p():void 0,n=e?.marks.flatMap((r,a)=>B(r)?[Gr(r,D(e)[a])]:[]),o=n&&n.length>0?[s("h3",{},"Annotat\
ions"),s("ol",{},n)]:[];k(d(".printed"),o)}function lo(){window.addEventListener("beforeprint",()=>Ee(!0)),window.addEventListener(
"afterprint",()=>Ee(!1)),window.matchMedia("print").addEventListener("change",({matches:t})=>Ee(t))}function Gr(t,e){return s(
"li",{},s("b",{},x(t).code)," ",f("span",{},N(t)),": ",f("q",{},e.trim()),t.pages?` (${lt(t.pages).toLowerCase()})`:null,
f("div",{},Z(t)))}function uo(t,e){return Jt(t,n=>n.around).flatMap(n=>{let o=Jt(n,fo).flatMap(a=>Xr(a,e)),[{around:r}]=n;return r?[ts(r,o)]:
o})}function Jt(t,e){let n=[];for(let o of t){let r=n.at(-1);r&&e(r[0])===e(o)?r.push(o):n.push([o])}return n}function fo(t){
return t.cell?t.cell.table:t.kind==="item"?"list":""}function Xr(t,e){let n=fo(t[0]);return n===""?t.flatMap(e):n==="lis\
t"?[s("div",{role:"list"},t.flatMap(e))]:[es(t,e)]}function ts(t,e){let n=s("div",{class:"label","aria-hidden":"true","d\
ata-label":t});return s("div",{class:"around",role:"group","aria-label":t},n,e)}function es(t,e){let n=Jt(t,o=>o.cell?.row).
map(o=>s("tr",{},Jt(o,r=>r.cell?.column).flatMap(r=>ns(r,o,e))));return s("div",{class:"table"},s("table",{dir:"auto"},s(
"tbody",{},n)))}function ns(t,e,n){let{before:o,rows:r,columns:a,head:i}=t[0].cell,u=e.every(T=>T.cell?.head),m=s(i?"th":
"td",{colspan:a>1&&a,rowspan:r>1&&r,scope:i&&(u?"col":"row")},t.flatMap(n));return o>0?[s("td",{colspan:o}),m]:[m]}function Ce(){let t=p(),e={open:new Set,banners:new Set};Ie();let n=d(".sheet");n.lang=t?.language??"",k(n,os(),t?uo(t.blocks,
o=>rs(t,o,e)):[]),_e(n)}function os(){let t=e=>s("span",{class:`caption ${e}`},rt(e).map(n=>s("span",{"data-label":c.layers[n].
name})));return s("div",{class:"captions","aria-hidden":"true"},t("left"),t("right"))}function rs(t,e,n){let o=e.pieces.
find(m=>m.unread!==void 0),r=`h${Math.min(e.level+2,6)}`,a=e.kind==="item",i=a&&!e.pieces.some(m=>m.role==="marker"),u=s(
e.kind==="heading"?r:"div",{class:`block ${e.kind}${o?" unread":""}${i?" bulleted":""}`,"data-level":e.level,role:a&&"li\
stitem","aria-level":a&&e.level,lang:e.language,dir:"auto"},e.pieces.flatMap(m=>[...as(m,m===e.pieces[0]),...is(t,m,n)]));
return[...ss(t,o,n),u]}function ss(t,e,{banners:n}){let o=it(t,e?.unread);if(!o||n.has(o.chunk))return[];n.add(o.chunk);
let r=[o.status,o.note].filter(Boolean).join(", "),a=`Chunk ${o.chunk} was not read: ${r}`;return[s("div",{class:"banner",
role:"note","aria-label":a,"data-label":a})]}function as({pages:t},e){if(!t)return[];let n=lt(t);return[s("span",{class:e?
"page first":"page",role:"doc-pagebreak","aria-label":n,"data-label":n})]}function is(t,e,n){let o=e.unread===void 0?"":
" lost",r=e.style?` ${e.style}`:"",a=`piece ${e.role??"content"}${r}${o}`,i=s("span",{class:a},j(e.text)),u=e.marks??[],
m=u.filter(T=>!n.open.has(T));return n.open=new Set(u),u.length>0&&Fe({element:i,marks:u,cited:e.cited??u}),[...ao(t,m),
i]}function Ot(){let t=p();return t?k(d(".title"),f("h2",{class:"name"},t.name),cs(t),Te(t,"annotation","jk"),M?Te(t,"chang\
e","cC",V):null,z?Te(t,"error","eE",J):null):d(".title").replaceChildren()}function cs(t){let e=Bt(t);return e?s("span",
{class:"language"},e):null}function Te(t,e,n,o){let r=G(t,o),a=l.selected===null?0:r.indexOf(l.selected)+1,i=a>0?`${h(a)}\
 of ${h(r.length)}`:S(r.length,e);return s("div",{class:`steps ${e}s`,role:"group","aria-label":`${e}s`},mo("previous",`\
Previous ${e} (${n[1]})`,()=>I(-1,o)),s("span",{},i),mo("next",`Next ${e} (${n[0]})`,()=>I(1,o)))}function mo(t,e,n){return g(
{class:"step","aria-label":e,title:e},n,Pt(t))}var po=()=>ut(!1);st("document",Ce,Ot,qt,zt,bt,Ue,po,Se);st("marks",Ce,Ot,qt,zt,bt);st("filters",qt,zt,Ot,le);st("select\
ion",Oe,Ot,Se);st("panel",le);function ls(){d(".sheet").addEventListener("click",cn),d(".tabs").addEventListener("keydow\
n",Mn),d("#query").addEventListener("input",ne),d("#query").addEventListener("keydown",Ge),d("#theme").addEventListener(
"click",Rt),d("#help").addEventListener("click",Ct),d("#open-rail").addEventListener("click",()=>ut(!0)),d("#text").addEventListener(
"click",po,{capture:!0}),document.addEventListener("keydown",an),lo()}document.documentElement.dataset.layers=String(c.layers.
length);M&&(l.tab="report");tn();so();ls();ro();document.documentElement.dataset.ready="true";function ho(){d(".summary").after(s("div",{class:"reach",role:"group","aria-label":"Progress"})),Ft(),document.addEventListener(
"keydown",us),document.addEventListener("keydown",no),window.addEventListener("focus",()=>{Wn()}),b()||Q(void 0)}function us(t){
t.target instanceof Element&&t.target.closest("input, textarea")||!(t.ctrlKey||t.metaKey)||t.key.toLowerCase()!=="z"||(t.
preventDefault(),Y(t.shiftKey?"redo":"undo"))}ho();
