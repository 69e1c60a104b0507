// Made by `make pages` from annotate/viewer/frontend
var c=JSON.parse(document.getElementById("data")?.textContent??""),qe=new Map(c.outcomes.map(t=>[t.name,t])),bo=c.documents.
some(t=>t.units),V=qe.size>0&&!bo,A=c.outcomes.some(t=>t.change);function W(t){return qe.get(t.outcome??"")}function b(t){
return c.categories[t.category]}function L(t){return c.layers[t.layer]}function rt(t){return[...c.layers.keys()].filter(
n=>c.layers[n].side===t).sort((n,o)=>c.layers[n].column-c.layers[o].column)}function Yt(){return[...rt("left"),...rt("ri\
ght")]}var wo=/^(class|id|for|type|role|title|hidden|open|checked|name|value|dir|tabindex|lang|colspan|rowspan|scope|data-[a-z]+|aria-[a-z]+)$/;
function s(t,e={},...n){let o=document.createElement(t);for(let[r,a]of Object.entries(e))a!==!1&&a!==null&&a!==void 0&&ko(
o,r,a);return o.append(...je(n)),o}function ko(t,e,n){if(!wo.test(e))throw new Error(`a page does not set the attribute ${e}`);
t.setAttribute(e,n===!0?"":String(n))}function je(t){return t.flat().filter(e=>e!=null)}function $(t,...e){t.replaceChildren(
...je(e))}function g(t,e,...n){let o=s("button",{type:"button",...t},...n);return o.addEventListener("click",e),o}function d(t){
let e=document.querySelector(t);if(!(e instanceof HTMLElement))throw new Error(`the page has no ${t}`);return e}var Ne=/([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069])/;
function P(t){return t.split(Ne).filter(e=>e!=="").map(e=>Ne.test(e)?vo(e):document.createTextNode(e))}function vo(t){let e=t.
charCodeAt(0).toString(16).toUpperCase().padStart(4,"0");return s("span",{class:"control","data-label":`U+${e}`},t)}function f(t,e,n){
return s(t,{dir:"auto",...e},...P(n))}function R(t,...e){return s("section",{},s("h3",{},t),...e)}function w(t){d(".spok\
en").textContent=t}function Xt(t,e){return t.style.setProperty("--hue",`var(--hue-${e.hue})`),t.style.setProperty("--line",e.pattern),t}function D(t){
return Xt(s("span",{class:"swatch","aria-hidden":"true"},t.code),t)}function Et(t){let e=t.error?"error":"fine";return s(
"span",{class:`sign ${e}`,"aria-hidden":"true"},t.sign)}function pt(t){let e=W(t);if(!e)return null;let n=e.error?"error":
"fine";return s("span",{class:`badge ${n}`,title:e.explained},s("span",{class:"sign","aria-hidden":"true"},e.sign),e.label)}
function q(t){return s("kbd",{},t)}var l={document:0,selected:null,tab:"details",everywhere:!1,query:"",keys:!0,hidden:{category:new Set,outcome:new Set,layer:new Set}},
Pe={};function st(t,...e){Pe[t]=e}function x(t){for(let e of Pe[t]??[])e()}function p(){return c.documents[l.document]}function y(){
return l.selected===null?void 0:p()?.marks[l.selected]}var De=[["j","k","next, previous annotation"],...A?[Re("c","C","next, previous change")]:[],...V?[Re("e","E","next, prev\
ious error")]:[],["d","D","next, previous document"],["Enter","","read about the annotation that has the focus"],["/","",
"search; Enter goes from hit to hit"],["t","","light, dark, or as the system has it"],["Esc","","choose nothing"],["?","",
"this list"]];function Re(t,e,n){return[t,e,n]}function te(t){De.unshift(...t)}function Tt(){let t=d("#keys"),e=De.map(([
o,r,a])=>[s("dt",{},q(o),r?q(r):null),s("dd",{},a)]),n=c.outcomes.map(o=>[s("dt",{},Et(o)),s("dd",{},s("b",{},o.label),`\
 ${o.explained}`)]);$(t,s("h2",{id:"keys-title"},"Keys"),s("dl",{},...e),n.length>0?[s("h2",{},"Signs"),s("dl",{},...n)]:
null,s("p",{class:"note"},"A line stands for a category; its hue, its pattern and its code are in the list of categories\
. Click again on words that carry several annotations to go through them."),$o(),g({class:"close"},()=>t.close(),"Close")),
t.showModal()}function $o(){let t=s("input",{type:"checkbox",id:"single-keys",checked:l.keys});return t.addEventListener(
"change",()=>{l.keys=t.checked}),s("p",{},t,s("label",{for:"single-keys"}," Single letters act as keys"))}function B(t){let{category:e,outcome:n,layer:o}=l.hidden;return!e.has(t.category)&&!n.has(t.outcome)&&!o.has(t.layer)}function Be(t){
let{category:e,outcome:n,layer:o}=l.hidden;return[e.delete(t.category),n.delete(t.outcome),o.delete(t.layer)].includes(!0)}
function ee(t,e){return!e.partners?.some(n=>t.marks[n].layer<e.layer)}function Z(t){return!!W(t)?.error}function G(t){return!!W(
t)?.change}function X(t,e=()=>!0){return[...t.marks.keys()].filter(n=>{let o=t.marks[n];return B(o)&&ee(t,o)&&e(o)})}function ht(t,e){
return(e.partners??[]).map(n=>t.marks[n])}function Ie(t){return W(t)?Z(t)?"error":G(t)?"good":"calm":""}function N(t){let e=W(
t),n=c.layers.length>1?[L(t).name]:[];return[b(t).name,...n,...e?[e.label]:[]].join(", ")}function I({attributes:t}){return t.
filter(([,e])=>e.length>0).map(([e,n])=>`${e} ${n.join(", ")}`).join(" · ")}function Ct(t){let e=new WeakMap;return n=>{let o=e.get(n);if(o!==void 0)return o;let r=t(n);return e.set(n,r),r}}var Lt=Ct(
t=>t.blocks.flatMap(e=>e.pieces)),U=Ct(t=>Lt(t).map(e=>e.text).join("")),F=Ct(t=>{let e=t.marks.map(()=>[]);for(let n of Lt(
t))for(let o of n.marks??[])e[o].push(n.text);return e.map(n=>n.join(""))}),Fe=Ct(t=>{let e=[],n=0;for(let o of U(t))o.length>
1&&e.push(n),n+=1;return e});function z(t,e){return e+Fe(t).filter(n=>n<e).length}function gt(t,e){return e-Fe(t).filter(
(n,o)=>n+o<e).length}function at(t){return t.marks.filter(e=>e.layer===0).length}function Mt(t){return t.refused.length+
t.chunks.filter(e=>!e.answered).length}function it(t,e){return t?.chunks.find(n=>n.chunk===e)}var k={pieces:[],byMark:new Map,tags:new Map,groups:[]};function He(){k.pieces=[],k.byMark=new Map,k.tags=new Map,k.groups=
[]}function Ke(t){t.element.dataset.marks=t.marks.join(" "),k.pieces.push(t);for(let e of t.marks){let n=k.byMark.get(e);
n?n.push(t):k.byMark.set(e,[t])}}function _e(t){let e=k.byMark.get(t)?.map(n=>n.element)??[];return e.find(n=>n.getClientRects().
length>0)??e[0]}var yt=[];function Ue(t){let e=document.createTreeWalker(t,NodeFilter.SHOW_TEXT);yt=[];let n=0;for(;e.nextNode();){let o=e.
currentNode;yt.push({node:o,start:n}),n+=o.length}}function tt(t,e){let n=document.createRange(),o=We(t),r=We(e-1);return n.
setStart(o.node,t-o.start),n.setEnd(r.node,e-r.start),n}function ze(t,e){let n=document.createRange();n.setStart(t,0),n.
setEnd(e.startContainer,e.startOffset);let o=n.toString().length;return{start:o,end:o+e.toString().length}}function We(t){
let e=0,n=yt.length-1;for(;e<n;){let o=Math.ceil((e+n)/2);yt[o].start<=t?e=o:n=o-1}return yt[e]}function et(t){if(!t)return;let e=t instanceof Range?t.startContainer.parentElement:t,o=(t.getClientRects().length>0?t:e?.
closest(".block")??t).getBoundingClientRect();So(e?.closest(".table"),o);let r=d("#text"),a=getComputedStyle(r).overflowY===
"auto",i=a?r.getBoundingClientRect():{top:0,height:innerHeight},u=o.top-i.top-i.height/2+Math.min(o.height,i.height/2)/2;
(a?r:window).scrollBy({top:u,behavior:"instant"})}function So(t,e){if(!t)return;let n=t.getBoundingClientRect();(e.left<
n.left||e.right>n.right)&&(t.scrollLeft+=e.left-n.left-Math.max(0,n.width-e.width)/2)}function Je(){d("#text").scrollTop=
0}function J(t,{keepPanel:e=!1}={}){l.document=t,l.selected=null,x("document"),e||x("panel")}function M(t,e,{focus:n=!0,scroll:o=!0}={}){
t!==l.document&&J(t,{keepPanel:!0}),l.selected=e;let r=y();r&&Be(r)&&x("filters"),x("selection"),ct("details"),o&&et(_e(
e)),n&&k.tags.get(e)?.focus({preventScroll:!0})}function xt(){l.selected=null,x("selection"),x("panel")}function ct(t){l.
tab=t,x("panel"),d("#panel-body").scrollTop=0}function bt(t){let e=p(),n=it(e,t);if(!e||!n)return;let o=z(e,n.start);et(
tt(o,o+1)),w(`Chunk ${t}`)}function H(t,e=()=>!0){let n=Oo(t,e);if(!n)return w("There is none.");let[o,r]=n;M(o,r);let a=c.
documents[o],i=X(a,e),u=`${i.indexOf(r)+1} of ${i.length}`;return w(`${u}. ${N(a.marks[r])}: ${F(a)[r]}`)}function Oo(t,e){
let n=c.documents.length;for(let o=0;o<=n;o+=1){let r=(l.document+t*o+2*n*(o+1))%n,a=X(c.documents[r],e),i=o>0?a:a.filter(
m=>Eo(m,t)),u=t>0?i[0]:i.at(-1);if(u!==void 0)return[r,u]}return null}function Eo(t,e){return l.selected===null?e>0:e>0?
t>l.selected:t<l.selected}function h(t){return t.toLocaleString("en-US")}function S(t,e){return`${h(t)} ${e}${t===1?"":"s"}`}function At(t,e){let n=new Map;
for(let o of t)n.set(e(o),(n.get(e(o))??0)+1);return n}function lt(t){return t.length===1?`Page ${h(t[0])}`:`Pages ${t.map(
h).join(", ")}`}function Ve(){let t=c.documents.map((e,n)=>s("li",{},To(e,n)));return s("section",{class:"documents"},s("h2",{},S(c.documents.
length,"document")),s("ul",{},...t))}function To(t,e){let n={id:`document-${e}`,class:"document","aria-current":e===l.document?
"page":null},o=at(t);return g(n,()=>J(e),f("span",{class:"name"},t.name),Co(Mt(t)),s("span",{class:"count",title:S(o,"an\
notation")},h(o)))}function Co(t){if(t===0)return null;let e=S(t,"problem");return s("span",{class:"warn",title:e,"aria-\
label":e},`! ${t}`)}function Ze(){if(c.layers.length<2)return null;let t=At(p()?.marks??[],n=>n.layer),e=Yt().map(n=>({value:n,label:[Lo(c.layers[n]),
c.layers[n].name],counts:[t.get(n)??0]}));return oe("Layers","layer",e)}function Lo({side:t,faint:e}){return s("span",{class:`\
edge ${t}${e?" faint":""}`,"aria-hidden":"true"})}function Ge(){let t=p();if(!t||c.outcomes.length===0)return null;let e=At(
t.marks.filter(r=>ee(t,r)),r=>r.outcome),o=c.outcomes.map(r=>({value:r.name,label:[Et(r),r.label],counts:[e.get(r.name)??
0],title:r.explained})).filter(({value:r})=>e.has(r));return o.length>0?oe("Outcomes","outcome",o):null}function Qe(){let t=p()?.
marks??[],e=Yt(),n=e.map(i=>At(t.filter(u=>u.layer===i),u=>b(u))),o=c.categories.map((i,u)=>({value:u,label:[D(i),f("spa\
n",{class:"name"},i.name)],counts:n.map(m=>m.get(i)??0),title:i.definition.split(`
`)[0]})),r=e.map(i=>s("span",{},c.layers[i].name)),a=e.length>1?s("span",{class:"columns"},...r):null;return oe("Categor\
ies","category",o,a)}function oe(t,e,n,o){let r=n.map(({value:a})=>a);return s("fieldset",{class:`filter ${e}`},s("legen\
d",{},t),s("div",{class:"all"},g({id:`all-${e}`},()=>ne(e,r,!0),"all"),g({id:`none-${e}`},()=>ne(e,r,!1),"none"),o),...n.
map(a=>Mo(e,a)))}function Mo(t,{value:e,label:n,counts:o,title:r}){let a=`${t}-${e}`.replace(/[^\w-]/g,"-"),i=s("input",
{type:"checkbox",id:a,checked:!l.hidden[t].has(e)});return i.addEventListener("change",()=>ne(t,[e],i.checked)),s("div",
{class:"choice",title:r},i,s("label",{for:a},...n),g({class:"only",id:`only-${a}`,"aria-label":"only this"},()=>Ao(t,e),
"only"),...o.map(u=>s("span",{class:u>0?"count":"count zero"},h(u))))}function ne(t,e,n){for(let o of e)n?l.hidden[t].delete(
o):l.hidden[t].add(o);x("filters")}function Ao(t,e){let n={layer:[...c.layers.keys()],outcome:c.outcomes.map(o=>o.name),
category:[...c.categories.keys()]};l.hidden[t]=new Set(n[t].filter(o=>o!==e)),x("filters")}function qt(){let t=document.activeElement?.closest("#rail")?document.activeElement.id:"";$(d("#rail"),g({class:"close",
id:"close-rail"},()=>ut(!1),"Close"),Ve(),Ze(),Ge(),Qe(),qo()),t&&document.getElementById(t)?.focus()}function qo(){if(c.
facts.length===0)return null;let t=c.facts.flatMap(([e,n])=>[s("dt",{},e),f("dd",{},n)]);return s("details",{class:"run"},
s("summary",{},"About this run"),s("dl",{},...t))}function re(){return d("#rail").classList.contains("open")}function ut(t){
re()!==t&&(d("#rail").classList.toggle("open",t),d("#open-rail").setAttribute("aria-expanded",String(t)),d(t?"#close-rai\
l":"#open-rail").focus())}var Nt=200,O={texts:[],marks:[],at:-1};function se(){return O.texts.length+O.marks.length}function ae(){return d("#query")}
function Ye(){ae().select()}function ie(){let t=ae().value.trim();if(t===l.query)return;let e=l.query;l.query=t;let n=No(
t);O.texts=n?jo(n):[],O.marks=n?Po(n):[],O.at=-1,t?l.tab="results":e&&l.tab==="results"&&(l.tab="details"),x("panel"),wt()}
function No(t){let e=t.split(/\s+/).filter(Boolean).map(n=>n.replace(/[.*+?^${}()|[\]\\/-]/g,"\\$&"));return e.length>0?
new RegExp(e.join("\\s+"),"gi"):null}function Xe(){let t=[...c.documents.keys()].filter(e=>e!==l.document);return c.documents.
length>0?[l.document,...t]:[]}function jo(t){let e=[];for(let n of Xe())for(let o of U(c.documents[n]).matchAll(t)){if(e.
length===Nt)return e;e.push({document:n,start:o.index,end:o.index+o[0].length})}return e}function Po(t){let e=[];for(let n of Xe())
c.documents[n].marks.forEach((o,r)=>{Ro(o).search(t)>=0&&e.push({document:n,mark:r})});return e.slice(0,Nt)}function Ro(t){
return`${N(t)} ${I(t)} ${(t.facts??[]).flat().join(" ")}`}function ce(t){let e=O.texts[t];e&&(O.at=t,e.document!==l.document&&
J(e.document,{keepPanel:!0}),et(tt(e.start,e.end)),wt(),w(`Hit ${t+1} of ${O.texts.length}`))}function wt(){if(!("highli\
ghts"in CSS))return;let t=O.texts.filter(o=>o.document===l.document),e=t.filter(o=>o===O.texts[O.at]),n=o=>o.map(r=>tt(r.
start,r.end));CSS.highlights.set("hit",new Highlight(...n(t))),CSS.highlights.set("hit-now",new Highlight(...n(e)))}function tn(t){
if(t.key==="Escape"&&(t.preventDefault(),ae().value="",ie(),d("#text").focus()),t.key!=="Enter"||O.texts.length===0)return;
t.preventDefault();let e=t.shiftKey?-1:1,n=O.at<0&&t.shiftKey?0:O.at;ce((n+e+O.texts.length)%O.texts.length)}var Do={light:"M12 4V2m0 20v-2m8-8h2M2 12h2m13.7-5.7 1.4-1.4M4.9 19.1l1.4-1.4m11.4 0 1.4 1.4M4.9 4.9l1.4 1.4M12 8a4 4 0 \
1 0 0 8 4 4 0 0 0 0-8Z",dark:"M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",auto:"M12 3a9 9 0 1 0 0 18Zm0 0a9 9 0\
 0 1 0 18",previous:"m15 5-7 7 7 7",next:"m9 5 7 7-7 7"};function jt(t){let e="http://www.w3.org/2000/svg",n=document.createElementNS(
e,"svg"),o=document.createElementNS(e,"path");return n.setAttribute("viewBox","0 0 24 24"),n.setAttribute("aria-hidden",
"true"),o.setAttribute("d",Do[t]),n.append(o),n}var Pt=["auto","light","dark"],en="annotate-theme";function Rt(){let t=Pt.findIndex(e=>e===document.documentElement.dataset.
theme);on(Pt[(t+1)%Pt.length])}function nn(){on(Bo())}function on(t){document.documentElement.dataset.theme=t;let e=d("#\
theme");e.replaceChildren(jt(t)),e.setAttribute("aria-label",`Theme: ${t}`),e.title=`Theme: ${t} (t)`;try{localStorage.setItem(
en,t)}catch{}}function Bo(){try{return Pt.find(t=>t===localStorage.getItem(en))??"auto"}catch{return"auto"}}var le={j:()=>H(1),k:()=>H(-1),e:()=>H(1,Z),E:()=>H(-1,Z),c:()=>H(1,G),C:()=>H(-1,G),d:()=>rn(1),D:()=>rn(-1),"/":Ye,"?":Tt,
t:Rt,Escape:()=>re()?ut(!1):xt()};function ue(t){Object.assign(le,t)}var Io="input:not([type=checkbox], [type=radio]), t\
extarea, select, dialog[open]",Fo=["?","Escape"];function rn(t){let e=c.documents.length;J((l.document+t+e)%e)}var sn=()=>!1;
function an(t){sn=t}function cn(t){let e=t.target instanceof Element?t.target:null;if(e?.closest(Io)||t.ctrlKey||t.metaKey||
t.altKey||t.isComposing||sn(t))return;let n=e?.closest(".tag");t.key==="Enter"&&n instanceof HTMLElement?(t.preventDefault(),
Ko(n)):Ho(t.key)&&(t.preventDefault(),le[t.key]())}function Ho(t){return!Object.hasOwn(le,t)||c.documents.length===0&&t!==
"?"?!1:l.keys||Fo.includes(t)}function Ko(t){M(l.document,Number(t.dataset.mark),{focus:!1,scroll:!1}),d(".subject").focus()}
function ln(t){let e=t.target,n=e.closest(".tag");if(n instanceof HTMLElement)return M(l.document,Number(n.dataset.mark),
{scroll:!1});let o=e.closest(".marked"),r=getSelection()?.isCollapsed===!1;if(!(o instanceof HTMLElement)||r)return;let a=(o.
dataset.marks??"").split(" ").map(Number).filter(u=>B(p().marks[u])),i=l.selected===null?-1:a.indexOf(l.selected);return M(
l.document,a[(i+1)%a.length],{scroll:!1})}var _o=new Intl.DisplayNames(["en"],{type:"language"});function un(t){try{return _o.of(t)??t}catch{return t}}function Dt({
language:t,others:e}){let n=e.map(un).join(", ");return t?[un(t),...n?[`parts in ${n}`]:[]].join(", "):n&&`parts in ${n}`}function K(t,e,{withCategory:n=!0}={}){let o=c.documents[t],r=o.marks[e],a=F(o)[e];return g({class:"quote","aria-label":`${N(
r)}: ${a}`,"data-goto":`${t}:${e}`},()=>M(t,e),n?Wo(r):pt(r),f("span",{class:"said"},a.trim()),s("span",{class:"stated"},
I(r)))}function Wo(t){let e=b(t);return s("span",{class:"line"},D(e),s("span",{class:"name"},e.name),pt(t))}function Bt(t,e){
return t===e?null:f("li",{class:"from"},c.documents[t].name)}function fn(t,e){let n=ht(t,e),o=[e,...n].sort((i,u)=>u.layer-i.layer),r=Uo(o).flatMap(i=>zo(i,o,e)),a=n.filter(i=>i.start!==
e.start||i.end!==e.end||i.category!==e.category);return[r.length>0?s("h3",{},"Attributes"):null,r.length>0?s("dl",{class:"\
attributes"},...r):null,...a.map(i=>Vo(t,i))]}function Uo(t){return[...new Set(t.flatMap(e=>e.attributes.map(([n])=>n)))]}
function zo(t,e,n){let o=b(n).attributes[t],r=n.differs?.includes(t)??!1,a=e.length>1&&r?e.map(i=>dn(i,t,L(i).name,e)):[
dn(n,t,"",[n])];return[s("dt",{title:o?.definition},f("bdi",{},t),r?s("span",{class:"flag"},"differs"):null),s("dd",{},...a,
...Jo(t,e,o))]}function dn(t,e,n,o){let r=de(t,e).map(a=>{let i=o.every(u=>de(u,e).includes(a));return f("span",{class:i?
"value":"value odd"},a)});return s("div",{class:"values"},n?s("span",{class:"whose"},n):null,r.length>0?r:s("span",{class:"\
none"},"nothing stated"))}function de(t,e){return t.attributes.find(([n])=>n===e)?.[1]??[]}function Jo(t,e,n){if(!n)return[];
let r=[...new Set(e.flatMap(a=>de(a,t)))].filter(a=>Object.hasOwn(n.values,a));return r.length===0?[s("p",{class:"note"},
n.definition)]:r.map(a=>s("p",{class:"note"},s("b",{},a),` ${n.values[a]}`))}function Vo(t,e){return s("div",{class:"oth\
er"},s("p",{class:"whose"},`${L(e).name}: ${b(e).name}`),K(l.document,t.marks.indexOf(e)))}function kt(t){let{invalid:e,ungrounded:n,requests:o}=t,r=`characters ${h(t.start)}–${h(t.end)}`;return`${[`Chunk ${t.
chunk}, ${r}: ${t.status}`,o>1?`${S(o,"answer")} used`:"",e+n>0?`${e} invalid and ${n} ungrounded annotations sent back`:
"",t.note].filter(Boolean).join("; ")}.`}function mn(t){if(t.length===0)return null;let n=s("table",{class:"ledger"},s("\
thead",{},s("tr",{},...["chunk","ended","found","answers","tokens"].map(o=>s("th",{"aria-label":o},o)))),s("tbody",{},...t.
map(Zo)));return R("Chunks",n)}function Zo(t){let e=[g({class:"link"},()=>bt(t.chunk),String(t.chunk)),t.status,h(t.annotations),
h(t.requests),h(t.tokens)];return s("tr",{class:t.answered?"":"lost",title:kt(t)},...e.map(n=>s("td",{},n)))}function hn(t,e){return e.evidence?R("Evidence",...e.evidence.map(n=>Yo(t,e,n))):null}var Go={exact:"Cited letter by let\
ter.",folded:"Cited with other white space, quotes, dashes, case or Markdown marks.",fuzzy:"Cited with two neighbouring \
letters swapped inside one long word."},Qo={context:"What leads into this place was cited with the words.",unit:"Here al\
one they are a whole sentence or item.",order:"The order of the answer leaves this place.",ambiguous:"Nothing says which\
 place was meant."};function Yo(t,e,{grounding:n,cited:o,part:r,places:a,choice:i,chunk:u}){let m=e.layer===0?it(t,u):void 0;
return s("div",{class:"citation"},s("p",{},s("span",{class:`grounding ${n}`},n),` ${Go[n]??""}`),a>1?s("p",{},s("span",{
class:`placed ${i}`},i),` These words stand at ${a} places. ${Qo[i]??""}`):null,o?pn("cited",o):null,r?pn(o?"printed":"c\
ited part",r):null,m?s("p",{class:"note"},kt(m)):null)}function pn(t,e){return s("div",{class:"labelled"},s("span",{class:"\
whose"},t),f("q",{},e))}var gn=[];function It(t){gn.push(t)}var yn={label:"Details",draw(){let t=p();if(!t)return[s("p",{class:"quiet"},"This ru\
n holds no document.")];let e=y();return e?Xo(t,e):[tr(t)]}};function Xo(t,e){return[nr(e),...gn.map(n=>n()),or(t,e),rr(
t,e),sr(e),...fn(t,e),hn(t,e),ar(t,e),fe(b(e)),ir(t,e)]}function tr(t){let e=`${S(at(t),"annotation")} in ${S(t.characters,
"character")}.`,n=["Click a highlight, or press ",q("j")," and ",q("k")];return s("div",{class:"opening"},s("p",{class:"\
large"},e),s("p",{},...n," to walk through them."),V&&!A&&t.report.length>0?s("p",{},q("e")," goes to the next error. Li\
nes above the words are gold, lines below are predicted."):null,s("p",{},q("/")," searches, ",q("?")," lists all keys an\
d signs."),er(t))}function er(t){let e=Dt(t);return R("This document",xn([...e?[["language",e]]:[],...t.facts]))}function xn(t){
let e=t.flatMap(([n,o])=>[f("dt",{},n),f("dd",{},o)]);return s("dl",{class:"facts"},...e)}function nr(t){let e=b(t);return s(
"h2",{class:"subject",tabindex:-1},D(e),f("span",{class:"name"},e.name),c.layers.length>1?s("span",{class:"of"},L(t).name):
null,pt(t))}function or(t,e){let n=t.marks.indexOf(e),o=Lt(t).filter(r=>r.marks?.includes(n)).map(r=>{let a=!e.evidence||
(r.cited??r.marks??[]).includes(n);return s("span",{class:a?"words":"around"},...P(r.text))});return s("blockquote",{dir:"\
auto"},...o)}function rr(t,e){let n=`characters ${h(e.start)}–${h(e.end)}`,o=e.pages?`${lt(e.pages)}, `:"";return s("p",
{class:"place"},o,n," of ",f("bdi",{},t.name))}function sr(t){return t.claimed?s("div",{class:"warning"},"It claims to q\
uote other words than stand at its place:",f("blockquote",{},t.claimed)):null}function ar(t,e){let n=ht(t,e).filter(r=>L(
r).side==="left"),o=[e,...n].flatMap(r=>r.facts??[]);return o.length>0?xn(o):null}function fe(t){if(!t.definition)return s(
"p",{class:"quiet"},"The schema at hand has no definition of this category.");let[e,...n]=t.definition.split(`
`),o=s("details",{},s("summary",{},"All of it"),s("p",{class:"lines"},n.join(`
`).trim()));return s("section",{class:"definition"},s("h3",{},"Definition"),s("p",{},e),n.length>0?o:null)}function ir(t,e){
let n=ht(t,e),o=t.marks.flatMap((r,a)=>{let i=r.start<e.end&&e.start<r.end,u=r!==e&&!n.includes(r);return!i||!u||!B(r)?[]:
[s("li",{},K(l.document,a))]});return o.length===0?null:R("Also on these words",s("ul",{class:"quotes"},...o))}var kn={label:"Categories",draw(){let t=[...c.documents.keys()],e=t.filter(o=>l.everywhere||o===l.document),n=c.categories.
map((o,r)=>lr(r,e));return[t.length>1?cr():null,...n,fr()]}};function cr(){return s("div",{class:"scope",role:"group","a\
ria-label":"Which documents"},bn("This document",!1),bn("All documents",!0))}function bn(t,e){let n=()=>{l.everywhere=e,
x("panel")};return g({"aria-pressed":String(l.everywhere===e)},n,t)}function lr(t,e){let n=c.categories[t],o=e.flatMap(i=>dr(
i,t));if(o.length===0)return null;let r=s("ul",{class:"quotes"}),a=s("details",{class:"category","data-category":t},s("s\
ummary",{},D(n),f("span",{class:"name"},n.name),s("span",{class:"count"},h(o.length))),n.definition?s("p",{class:"note"},
n.definition.split(`
`)[0]):null,r);return a.addEventListener("toggle",()=>{a.open&&r.childElementCount===0&&$(r,...ur(o))}),a}function ur(t){
return t.flatMap(([e,n],o)=>[l.everywhere?Bt(e,t[o-1]?.[0]):null,s("li",{},K(e,n,{withCategory:!1}))])}function dr(t,e){
return c.documents[t].marks.flatMap((n,o)=>n.category===e&&n.layer===0?[[t,o]]:[])}function fr(){let t=p()?.silence;if(!t||
t.silent.length+t.open.length===0)return null;let e="Every chunk of this document was answered, and nothing of these was\
 found.",n=`No silence is claimed: ${t.why}.`;return s("section",{class:"silence"},wn("Silent",e,t.silent),wn("Not found\
, and not known to be absent",n,t.open))}function wn(t,e,n){if(n.length===0)return null;let o=n.map(r=>s("li",{},D(c.categories[r]),
f("span",{},c.categories[r].name)));return s("div",{},s("h3",{},t),s("p",{class:"note"},e),s("ul",{class:"names"},...o))}var $n={label:"Problems",count(){let t=p();return(t?Mt(t):0)+c.unreadable.length},draw(){let{chunks:t,refused:e}=p()??{chunks:[],
refused:[]},n=t.filter(i=>!i.answered),o=[Ft("Not read","These parts of the text are hatched: nothing is known about the\
m.",n.map(pr)),Ft("Refused answers","They broke the schema or quoted words that the text does not hold, and no repair co\
rrected them.",e.map(hr)),Ft("Unreadable inputs","",c.unreadable.map(vn))],r=o.some(i=>i!==null),a=Ft("Skipped inputs","\
They were found where the inputs lead, and are not part of this run.",c.skipped.map(vn));return[...r?o:[mr(t)],a,mn(t)]}};
function Ft(t,e,n){return n.length===0?null:R(t,e?s("p",{class:"note"},e):null,s("ul",{class:"problems"},...n))}function mr(t){
let e=t.length>0?`All ${S(t.length,"chunk")} of this document were answered, and no answer was refused.`:"Nothing is kno\
wn of how this text was read.";return s("p",{class:"quiet"},e)}function pr(t){let e=f("span",{},kt(t));return s("li",{},
g({class:"problem"},()=>bt(t.chunk),e))}function hr(t){let{chunk:e}=t;return s("li",{class:"refused"},s("p",{},s("span",
{class:"badge error"},t.kind)," ",f("b",{},t.category||"no category")),t.quote?f("blockquote",{},t.quote):null,t.answer?
f("pre",{},t.answer):null,f("p",{class:"stated"},I(t)),s("ul",{class:"note"},...t.problems.map(n=>f("li",{},n))),e===null?
null:g({class:"link"},()=>bt(e),`chunk ${e}`))}function vn({source:t,reason:e}){return s("li",{},f("b",{},t)," ",f("span",
{},e))}var Sn=4,En={label:A?"Changes":"Errors",when:()=>V,count:()=>On().length,draw(){let t=p()?.report??[],e=c.documents.length>
1||A?c.report:[],n=On().map(o=>s("li",{},K(l.document,o)));return[...[...e,...t].map(gr),t.length>0?s("h3",{},S(n.length,
A?"change":"error")):s("p",{class:"quiet"},"There is no gold for this document."),s("ul",{class:"quotes"},...n)]}};function On(){
let t=p();return t?X(t,A?G:Z):[]}function gr({title:t,notes:e,columns:n,rows:o}){return s("section",{class:"report"},f("\
h3",{},t),...e.slice(0,Sn).map(Tn),yr(e.slice(Sn)),o.length>0?xr(n,o):null)}function Tn(t){return f("p",{class:"note"},t)}
function yr(t){if(t.length===0)return null;let e=s("summary",{},`${h(t.length)} more`);return s("details",{},e,...t.map(
Tn))}function xr(t,e){let n=s("tr",{},...t.map(r=>s("th",{},r))),o=e.map(([r,...a])=>s("tr",{},f("th",{},r),...a.map(i=>s(
"td",{},i))));return s("table",{},s("thead",{},n),s("tbody",{},...o))}var me=36,Ln={label:"Results",when:()=>l.query!=="",count:se,draw(){if(se()===0)return[s("p",{class:"quiet"},"Nothing fo\
und.")];let{texts:t,marks:e}=O,n=c.documents.length>1;return[Cn("In the text",t.length,t.flatMap((o,r)=>[n?Bt(o.document,
t[r-1]?.document):null,s("li",{},br(o,r))])),Cn("In annotations",e.length,e.map(o=>s("li",{},K(o.document,o.mark))))]}};
function Cn(t,e,n){if(e===0)return null;let o=e===Nt?`the first ${e}`:h(e);return R(`${t}: ${o}`,s("ul",{class:"quotes"},
...n))}function br({document:t,start:e,end:n},o){let r=U(c.documents[t]),a=r.slice(Math.max(0,e-me),e),i=r.slice(n,n+me);
return g({class:"quote","data-hit":o},()=>ce(o),s("span",{class:"said",dir:"auto"},"…",...P(e>me?a.replace(/^\S*\s/,""):
a),s("mark",{},...P(r.slice(e,n))),...P(i.replace(/\s\S*$/,"")),"…"))}var vt={details:yn,index:kn,problems:$n,report:En,results:Ln};function Mn(t,e){vt[t]=e}function pe(){let t=Object.keys(vt).
filter(n=>vt[n].when?.()??!0);t.includes(l.tab)||(l.tab="details"),$(d(".tabs"),...t.map(wr)),d(`#tab-${l.tab}`).scrollIntoView(
{block:"nearest",inline:"nearest"});let e=d("#panel-body");$(e,...vt[l.tab].draw()),e.setAttribute("aria-labelledby",`ta\
b-${l.tab}`)}function wr(t){let{label:e,count:n}=vt[t],o=t===l.tab,r=n?.()??0,a={class:"tab",role:"tab",id:`tab-${t}`,"a\
ria-selected":String(o),"aria-controls":"panel-body",tabindex:o?0:-1};return g(a,()=>kr(t),e," ",r>0?s("span",{class:"co\
unt"},h(r)):null)}function kr(t){ct(t),d(`#tab-${t}`).focus()}function An(t){let e=[...d(".tabs").children],n=e.findIndex(
a=>a===document.activeElement),o={ArrowRight:1,ArrowLeft:-1}[t.key];if(n<0||o===void 0)return;t.preventDefault();let r=e[(n+
o+e.length)%e.length];r.focus(),r.click()}function qn(t){return jn("/decisions",{method:"POST",headers:{"content-type":"application/json"},body:JSON.stringify(t)})}
function Nn(t){return jn(`/changes?since=${t}`,{})}async function jn(t,e){try{let n=await fetch(t,e);if(n.headers.get("c\
ontent-type")?.startsWith("application/json")){let o=await n.json();return{news:o.documents&&o,...o}}return{problems:[`n\
ot kept: ${(await n.text()).trim()}`]}}catch{return{problems:["not kept: the server does not answer. Is annotate review \
still running?"]}}}var E=c.review,he=[],vr=300*1e3;function dt(){let t=new Map;return c.documents.forEach((e,n)=>{e.marks.forEach((o,r)=>t.
set(o.decided?.id,[n,r]))}),t}function $t(){let t=c.documents.flatMap(e=>e.marks.filter(n=>n.decided?.id));return{done:t.
filter(e=>!$r(e)).length,all:t.length}}function $r(t){return t.outcome==="open"||t.outcome==="skipped"}function Pn(){let t=Date.
now(),e=he.filter(o=>t-o<vr),n=(t-e[0])/6e4;return e.length<3?0:e.length/n}function Ht(){let{done:t,all:e}=$t(),n=s("progress",{"aria-label":"Decided"});n.max=Math.max(e,1),n.value=t,$(d(".reach"),
n,s("span",{class:"counted"},`${h(t)} of ${h(e)}`),s("span",{class:"pace"},Sr(e-t)))}function Sr(t){let e=Pn();if(e===0)
return"";let n=t===0?"":`, ${h(Math.ceil(t/e))} min left`;return`${h(Math.round(e))} a minute${n}`}var Kt={id:"",text:""};function ge(t){return Kt.id===t?Kt.text:void 0}function Rn(){Kt.id=""}function Dn(t,e,n){let o=s(
"input",{type:"text",id:"remark","aria-keyshortcuts":"w"});return o.autocomplete="off",o.value=ge(t)??e,o.addEventListener(
"input",()=>Object.assign(Kt,{id:t,text:o.value})),o.addEventListener("keydown",r=>{r.key==="Enter"&&n(),(r.key==="Enter"||
r.key==="Escape")&&d("#text").focus()}),s("div",{class:"remark"},s("label",{for:"remark"},"Why ",q("w")),o)}function Bn(){
document.getElementById("remark")?.focus()}var T={now:null};function _t(){let t=p(),e=y();if(!t?.id||!e?.decided)return w("Choose an annotation first.");let{id:n,n:o,
attributes:r,status:a,must_find:i,why:u}=e.decided;return n?In({action:"correct",id:n,seen:o,document:t.id,category:b(e).
name,attributes:structuredClone(r),start:e.start,end:e.end,exact:!Tr(t,e.start,e.end),status:a,must_find:i,why:u}):w("Go\
ld is not decided on here.")}function Wt(){let t=p();if(!t?.id)return;let[e,n]=Fn(t)??Or(t);In({action:"add",id:"",seen:0,
document:t.id,category:"",attributes:{},start:e,end:n,exact:!1,status:"required",must_find:!1,why:""}),_n()}function In(t){
T.now=t,ot.problems=[],Ut(),ct("edit"),nt(),d(t.action==="add"?"#draft-category":".drafted").focus()}function St(){T.now=
null,ot.problems=[],nt(),ct("details"),d("#text").focus()}function Fn(t){let e=d(".sheet"),n=getSelection();if(!n||n.isCollapsed||
n.rangeCount===0)return null;let o=n.getRangeAt(0);if(!e.contains(o.commonAncestorContainer))return null;let{start:r,end:a}=ze(
e,o);return U(t).slice(r,a).trim()?[gt(t,r),gt(t,a)]:null}function Or(t){let e=t.units??[],n=y()?.end??0;return e.find(([
o])=>o>=n)??e.at(-1)??[0,1]}function ye(){let t=p(),e=t&&Fn(t);return!e||!T.now?w("Select words of the text first."):([T.
now.start,T.now.end]=e,Hn())}function j(t,e){let n=p(),o=T.now;if(!n||!o)return;let r=o.exact?Er(n,o):n.units??[];if(t===
"both"){let a=e>0?r.find(([i])=>i>=o.end):r.findLast(([,i])=>i<=o.start);a&&([o.start,o.end]=a)}else{let a=t==="start"?0:
1,i=r.map(m=>m[a]),u=e>0?i.find(m=>m>o[t]):i.findLast(m=>m<o[t]);u!==void 0&&(o[t]=u)}o.start<o.end?Hn():w("The span wou\
ld be empty.")}function Er(t,e){let n=Math.max(0,z(t,e.start)-300);return[...U(t).slice(n,z(t,e.end)+300).matchAll(/\S+/g)].
map(r=>[gt(t,n+r.index),gt(t,n+r.index+r[0].length)])}function Hn(){Ut(),x("panel"),_n()}function Ut(){let t=p(),e=T.now;
if(!t||!e||e.exact||E.unit===null)return;let n=(t.units??[]).filter(([o,r])=>o<e.end&&e.start<r);n.length!==0&&(e.start=
n[0][0],e.end=n.at(-1)[1])}function Tr(t,e,n){let o=t.units??[];return o.some(r=>r[0]===e)&&o.some(r=>r[1]===n)}function xe(){
let t=p(),e=T.now;return!t||!e?"":U(t).slice(z(t,e.start),z(t,e.end))}function Kn(){let t=p(),e=T.now;return!t||!e||t.id!==
e.document?null:tt(z(t,e.start),z(t,e.end))}function nt(){if(!("highlights"in CSS))return;let t=Kn();t?CSS.highlights.set(
"draft",new Highlight(t)):CSS.highlights.delete("draft")}function _n(){nt(),et(Kn()??void 0),w(xe())}function Wn(){return T.
now!==null&&c.documents[l.document]?.id!==T.now.document}function be(t){let{documents:e,last:n,order:o,undo:r,redo:a}=t;Object.assign(E,{last:n,order:o,undo:r,redo:a});for(let{id:i,
blocks:u,marks:m}of e){let C=c.documents.findIndex(mt=>mt.id===i);if(C<0)continue;let ft=C===l.document?y()?.decided?.id:
void 0;c.documents[C]={...c.documents[C],blocks:u,marks:m},C===l.document&&Cr(ft)}x("panel")}function Cr(t){let{marks:e}=c.
documents[l.document],n=e.findIndex(a=>t!==void 0&&a.decided?.id===t);l.selected=n<0?null:n;let o=d("#text"),{scrollTop:r}=o;
x("marks"),o.scrollTop=r,nt()}async function Un(){let{news:t}=await Nn(E.last);t&&be(t)}var ot={problems:[]},zn=Promise.resolve();function we(t){let e=zn.then(t);return zn=e.catch(()=>{}),e}async function zt(t){
let{news:e,problems:n,made:o}=await qn({...t,since:E.last});return ot.problems=n??[],e?be(e):x("panel"),n?w(n.join(" ")):
he.push(Date.now()),Ht(),n?"":o??""}function Jn(t){return we(()=>zt(t))}function _(t,e={}){return we(async()=>{let n=y();
if(!n?.decided)return w("Choose an annotation first.");let{id:o,n:r}=n.decided;if(!o)return t==="accept"?Lr(n):w("Gold i\
s not decided on here.");let a=ge(o),u=await zt({action:t,id:o,seen:r,...a===void 0?{}:{why:a},...e});return u&&Rn(),u&&
t==="comment"?M(l.document,l.selected??0):u&&Q(u),u})}async function Lr({category:t,start:e,end:n,decided:o}){let r=await zt(
{action:"add",document:p()?.id,category:c.categories[t].name,attributes:o?.attributes,start:e,end:n,exact:!0,status:o?.status,
must_find:o?.must_find}),[a,i]=dt().get(r)??[];a!==void 0&&i!==void 0&&M(a,i)}function Q(t,e=1){let n=dt(),{order:o}=E,r=t===
void 0?-1:o.indexOf(t),a=r<0&&e<0?0:r;for(let m=1;m<=o.length;m+=1){let C=(a+e*m+2*o.length)%o.length,[ft,mt]=n.get(o[C])??
[];if(ft===void 0||mt===void 0)continue;if(c.documents[ft].marks[mt].outcome==="open"&&o[C]!==t)return Mr(ft,mt)}let{done:i,
all:u}=$t();return xt(),w(i===u?`All ${u} are decided.`:`${u-i} were left for later.`)}function Mr(t,e){M(t,e);let{done:n,
all:o}=$t(),r=c.documents[t].marks[e];w(`${n} of ${o} decided. ${N(r)}: ${F(c.documents[t])[e]}`)}function Y(t){return we(
async()=>{let e=E[t];if(!e)return w(`There is nothing to ${t}.`);let n=await zt({action:t,seen:e.n}),[o,r]=dt().get(n)??
[];return o===void 0||r===void 0?xt():(M(o,r),w(`${t==="undo"?"Taken back":"Brought back"}: ${e.said}.`))})}function Vn(){let t=y();if(!t?.decided)return null;let{id:e,status:n,must_find:o,why:r}=t.decided;return e?s("section",{
class:"decide","aria-label":"Decide"},Jt(),s("div",{class:"choices verdicts",role:"group","aria-label":"Decision"},v("Ac\
cept","a",Vt,{class:"accept"}),v("Skip","s",ve),v("Reject","x",ke,{class:"reject"})),s("div",{class:"choices",role:"grou\
p","aria-label":"Otherwise"},v("Correct","e",_t),v("Optional","o",$e,{"aria-pressed":String(n==="optional")}),v("Must fi\
nd","m",Se,{"aria-pressed":String(o)})),Dn(e,r,qr)):Ar()}function Ar(){return s("section",{class:"decide","aria-label":"\
Decide"},Jt(),s("div",{class:"choices"},v("Take it over","a",Vt,{class:"accept"})))}function Jt(){if(ot.problems.length===
0)return null;let t=ot.problems.map(e=>f("li",{},e));return s("ul",{class:"warning",role:"alert"},t)}function Zn(){let{undo:t,
redo:e}=E;return s("div",{class:"choices turns",role:"group","aria-label":"Take back, add"},v("Undo","u",()=>Y("undo"),{
disabled:!t}),v("Redo","U",()=>Y("redo"),{disabled:!e}),v("Add","i",Wt))}function v(t,e,n,{disabled:o=!1,...r}={}){let a=g(
{"aria-keyshortcuts":e,...r},n,t,q(e));return a.disabled=o,a}function qr(){return _("comment")}function Vt(){return _("a\
ccept")}function ke(){return _("reject")}function ve(){return _("skip")}function $e(){let t=y()?.decided?.status==="opti\
onal";return _("accept",{status:t?"required":"optional",must_find:!1})}function Se(){let t=y()?.decided?.must_find??!1;return _(
"accept",{must_find:!t,status:"required"})}var Nr={duration:"as ISO 8601 writes it: P90D, P12M, P7Y, PT48H",date:"as 2024-05-20, 2024-05 or 2024",country:"as two c\
apital letters: US, DE"};function Qn(t,e,n){let o=`about-${t.name}`.replace(/[^\w-]/g,"-");return s("fieldset",{class:"f\
ield","aria-describedby":o},s("legend",{},f("bdi",{},t.name)),f("p",{class:"note",id:o},t.definition),jr(t,e,n))}function jr(t,e,n){
if(t.kind==="boolean")return Gn(t,[{value:"yes",definition:""},{value:"no",definition:""}],e===!0?"yes":e===!1?"no":null,
u=>n(u===null?null:u==="yes"));if(t.values===null)return[Pr(t,e,n)];let{values:o}=t;if(!t.many)return Gn(t,o,e,n);let r=new Set(
Array.isArray(e)?e:[]);return o.map((a,i)=>Oe(t,i,"checkbox",a,r.has(a.value),u=>{u?r.add(a.value):r.delete(a.value),n(o.
map(m=>m.value).filter(m=>r.has(m)))}))}function Gn(t,e,n,o){let r=e.map((u,m)=>Oe(t,m,"radio",u,u.value===n,()=>o(u.value)));
if(t.required)return r;let a={value:"nothing stated",definition:""},i=e.some(u=>u.value===n);return[...r,Oe(t,e.length,"\
radio",a,!i,()=>o(null))]}function Oe(t,e,n,o,r,a){let i=`draft-${t.name}-${e}`.replace(/[^\w-]/g,"-"),u=s("input",{type:n,
id:i,name:`draft-${t.name}`,checked:r});return u.addEventListener("change",()=>a(u.checked)),s("div",{class:"option"},u,
s("label",{for:i},f("b",{},o.value),o.definition?f("span",{class:"note"},` ${o.definition}`):null))}function Pr(t,e,n){let o=`\
draft-${t.name}`.replace(/[^\w-]/g,"-"),r=t.many?s("textarea",{id:o}):s("input",{type:"text",id:o}),a=Array.isArray(e)?e:
e==null?[]:[e];r.value=a.map(Rr).join(`
`),r.addEventListener("input",()=>{let m=r.value.split(`
`).filter(C=>C.trim()).map(C=>Dr(t,C.trim()));n(t.many?m:m[0]??null)});let i=[Nr[t.form],t.many?"one to a line":""].filter(
Boolean).join("; ");return s("div",{},s("label",{for:o},i?`Value, ${i}`:"Value"),r)}function Rr(t){return typeof t=="str\
ing"?t:JSON.stringify(t)}function Dr(t,e){if((t.kind==="integer"||t.kind==="number")&&e!==""&&Number.isFinite(Number(e)))
return Number(e);if(!/^[[{]/.test(e))return e;try{return JSON.parse(e)}catch{return e}}var to={label:"Write",when:()=>T.now!==null&&!Wn(),draw(){let{now:t}=T;return t?[s("h2",{class:"drafted",tabindex:-1},t.
action==="add"?"Add an annotation":"Correct"),Jt(),Yn(),Br(t),...Ir(t),Fr(t),Hr(t),Yn()]:[]}};function Yn(){return s("di\
v",{class:"choices",role:"group","aria-label":"End"},v("Save","Ctrl+Enter",eo,{class:"accept","aria-keyshortcuts":"Contr\
ol+Enter"}),v("Cancel","Esc",St,{"aria-keyshortcuts":"Escape"}))}function Br(t){let e=s("input",{type:"checkbox",id:"dra\
ft-exact",checked:t.exact});return e.addEventListener("change",()=>{t.exact=e.checked,Ut(),x("panel"),nt()}),s("section",
{class:"span","aria-label":"Words"},f("blockquote",{},xe()),s("div",{class:"choices",role:"group","aria-label":"Move the\
 words"},v("Earlier",",",()=>j("both",-1)),v("Later",".",()=>j("both",1)),v("Start −","{",()=>j("start",-1)),v("Start \
+","}",()=>j("start",1)),v("End −","[",()=>j("end",-1)),v("End +","]",()=>j("end",1)),v("Take what is selected","v",ye)),
E.unit===null?null:s("p",{class:"option"},e,s("label",{for:"draft-exact"},"As it is, not whole sentences and items")),t.
exact&&E.unit!==null?s("p",{class:"note"},"The lint of the gold will ask for whole units."):null)}function Ir(t){let e=s(
"select",{id:"draft-category"}),n=Object.keys(E.forms),o=n.includes(t.category)?[]:[""];for(let i of[...o,...n])e.append(
s("option",{value:i},i||"choose one"));e.value=t.category;let r=s("div",{},...Xn(t));e.addEventListener("change",()=>{t.
category=e.value,$(r,...Xn(t))});let a=s("label",{for:"draft-category"},"Category");return[s("div",{class:"field"},a,e),
r]}function Xn(t){let e=c.categories.find(o=>o.name===t.category),n=(E.forms[t.category]??[]).map(o=>Qn(o,t.attributes[o.
name],r=>{t.attributes[o.name]=r}));return[e?fe(e):null,...n]}function Fr(t){let e=(n,o,r,a)=>{let i=s("input",{type:"ch\
eckbox",id:n,checked:r});return i.addEventListener("change",()=>a(i.checked)),s("div",{class:"option"},i,s("label",{for:n},
o))};return s("fieldset",{class:"field"},s("legend",{},"In the gold"),e("draft-optional","optional: may be annotated or \
not",t.status==="optional",n=>{t.status=n?"optional":"required"}),e("draft-must","must be found: no change may lose it",
t.must_find,n=>{t.must_find=n}))}function Hr(t){let e=s("textarea",{id:"draft-why"});return e.value=t.why,e.addEventListener(
"input",()=>{t.why=e.value}),s("div",{class:"field"},s("label",{for:"draft-why"},"Why"),e)}async function eo(){let{now:t}=T;
if(!t)return;let{attributes:e,...n}=t,o=new Set((E.forms[t.category]??[]).map(m=>m.name)),r=Object.entries(e).filter(([m])=>o.
has(m)),a=(E.forms[t.category]??[]).filter(m=>m.many&&e[m.name]===void 0),i=Object.fromEntries([...r,...a.map(m=>[m.name,
[]])]),u=await Jn({...n,attributes:i});u&&(St(),t.action==="correct"?Q(u):M(...dt().get(u)??[0,0]))}function no(t){if(!T.
now||l.tab!=="edit")return!1;let n={",":()=>j("both",-1),".":()=>j("both",1),"{":()=>j("start",-1),"}":()=>j("start",1),
"[":()=>j("end",-1),"]":()=>j("end",1),v:ye,Escape:St}[t.key];return n&&(t.preventDefault(),Kr(n)),!!n||/^[a-zA-Z]$/.test(
t.key)}function Kr(t){let{id:e}=document.activeElement??{};t(),e&&T.now&&document.getElementById(e)?.focus()}function oo(t){
!T.now||l.tab!=="edit"||(t.key==="Enter"&&(t.ctrlKey||t.metaKey)?(t.preventDefault(),eo()):t.key==="Escape"&&t.target instanceof
Element&&t.target.closest("input[type=text], textarea, select")&&St())}var ro=c.documents.some(t=>t.marks.some(e=>(e.decided?.versions.length??0)>0));function so(){let t=y()?.decided?.versions??
[];return t.length===0?null:s("section",{class:"versions","aria-label":"Versions"},t.map((e,n)=>_r(e,n)))}function _r({by:t,
remarks:e,kept:n},o){let r=c.categories.find(a=>a.name===n?.category);return g({class:"version","aria-keyshortcuts":String(
o+1)},()=>{Ee(o)},s("span",{class:"line"},q(String(o+1)),f("b",{},t.join(", "))),n?null:s("span",{class:"none"},"keeps n\
othing"),n&&s("span",{class:"line"},r&&D(r),f("bdi",{},n.category)),n&&f("span",{class:"stated"},I({attributes:n.stated})),
n&&f("span",{class:"said"},n.quote),n&&Wr(n),e.map(a=>f("span",{class:"why"},a)))}function Wr(t){return t.must_find?s("s\
pan",{class:"note"},"must be found"):t.status==="optional"?s("span",{class:"note"},"optional"):null}async function Ee(t){
let e=y()?.decided?.versions[t];if(!e)return w("There is no such version here.");if(!e.kept)return _("reject");let{category:n,
attributes:o,start:r,end:a,status:i,must_find:u}=e.kept;return _("correct",{category:n,attributes:o,start:r,end:a,exact:!0,
status:i,must_find:u})}ue({a:Vt,x:ke,s:ve,e:_t,i:Wt,w:Bn,o:$e,m:Se,u:()=>{Y("undo")},U:()=>{Y("redo")},n:()=>Q(y()?.decided?.id),N:()=>Q(y()?.decided?.
id,-1)});te([["a","","accept, and go on to the next that is open"],["x","","reject"],["s","","skip: leave it for later"],
["e","","correct its category, words and attributes"],["i","","add what is missing: on the words that are selected, or o\
n the next sentence or item"],["w","","say why; Enter keeps it"],["o","","accept as optional, or as required again"],["m",
"","accept as one that must be found, or as any other again"],["u","U","undo, redo; Ctrl+Z and Ctrl+Shift+Z do the same"],
[", .","","while you write: the sentence or item before, after"],["{ }","[ ]","while you write: move the start, the end;\
 v takes what is selected"],["n","N","next, previous that is open"]]);if(ro){let t=[...Array(9).keys()];ue(Object.fromEntries(
t.map(e=>[String(e+1),()=>{Ee(e)}]))),te([["1","9","take the first version, the second and so on"]]),It(so)}Mn("edit",to);
It(Vn);It(Zn);an(no);var Ur=150,ao;function Te(){clearTimeout(ao),ao=window.setTimeout(zr,Ur)}function zr(){let t=l.selected===null?"":`:${l.
selected}`;try{history.replaceState(null,"",`#${l.document}${t}`)}catch{}}function io(){let[,t,e]=/^#(\d+)(?::(\d+))?$/.
exec(location.hash)??[],n=Number(t??0),o=c.documents[n];J(o?n:0),o?.marks[Number(e)]&&M(n,Number(e),{focus:!1})}function co(){d(".brand").append(...P(c.title));let t=c.documents.reduce((o,r)=>o+at(r),0),e=S(c.documents.length,"docum\
ent"),n=d(".summary");if(c.subtitle&&n.append(f("bdi",{},c.subtitle)," · "),n.append(A?e:`${S(t,"annotation")} in ${e}`),
c.badge){let o=c.badge.good?"fine":"error";n.append(s("span",{class:`badge ${o}`},c.badge.label))}for(let o of c.notices)
d(".bar").after(f("p",{class:"notice",role:"note"},o))}var Zt=["left","right"];function lo(t,e){return Zt.flatMap(n=>{let o=e.filter(r=>L(t.marks[r]).side===n);return o.length>
0?[Jr(t,o,n)]:[]})}function Jr(t,e,n){let o=rt(n).map(a=>{let i=e.filter(u=>t.marks[u].layer===a);return s("span",{class:"\
column"},i.map(u=>Vr(t,u)))}),r=s("span",{class:`tags ${n}`,"data-columns":o.length},...o);return k.groups.push({element:r,
marks:e}),r}function Vr(t,e){let n=t.marks[e],o=b(n),r=s("button",{type:"button",class:L(n).faint?"tag faint":"tag",tabindex:-1,
"data-mark":e,"data-name":o.name,"data-code":o.code,"data-sign":W(n)?.sign??"","data-tone":Ie(n),title:N(n),"aria-label":`${N(
n)}: ${F(t)[e]}`});return k.tags.set(e,r),Xt(r,o)}var uo=4,Zr=6;function Gt(){let t=p();if(!t)return;let e=new Map([...fo(t,"left"),...fo(t,"right")]);for(let n of k.pieces)
Gr(t,n,e);for(let n of k.groups)ns(t,n);for(let n of d(".sheet").querySelectorAll(".block"))os(n);Ce()}function fo(t,e){
let n=[],o=new Map;return t.marks.forEach((r,a)=>{if(L(r).side!==e||!B(r))return;let i=n.findIndex(m=>m<=r.start),u=i<0?
n.length:i;n[u]=r.end,o.set(a,Math.min(u,Zr-1))}),o}function Gr(t,{element:e,marks:n},o){let r=n.filter(a=>o.has(a));e.classList.
toggle("marked",r.length>0),e.style.background=r.map(a=>Xr(t.marks[a],o.get(a)??0)).join(", ");for(let a of Zt)e.style.setProperty(
`--${a}`,String(Yr(t,r,o,a)));e.style.setProperty("--tint",Qr(t,r))}function Qr(t,e){let n=new Set(e.map(o=>b(t.marks[o]).
hue));return n.size===1?`var(--hue-${[...n][0]})`:"var(--soft)"}function Yr(t,e,n,o){let r=e.filter(a=>L(t.marks[a]).side===
o);return Math.max(0,...r.map(a=>(n.get(a)??0)+1))}function Xr(t,e){let{pattern:n}=b(t),o=L(t).side==="left"?`calc((var(\
--left) - ${e+1}) * ${uo}px)`:`calc(100% - (var(--right) - ${e+1}) * ${uo}px)`,r=n==="double"?3:2;return`${es[n](ts(t))}\
 0 ${o} / 100% ${r}px no-repeat`}function ts(t){let e=`var(--hue-${b(t).hue})`;return L(t).faint?`color-mix(in oklab, ${e}\
 45%, var(--paper))`:e}var es={solid:t=>`linear-gradient(${t} 0 0)`,dashed:t=>`repeating-linear-gradient(90deg, ${t} 0 6\
px, #0000 6px 9px)`,dotted:t=>`repeating-linear-gradient(90deg, ${t} 0 2px, #0000 2px 5px)`,double:t=>`linear-gradient(${t}\
 0 1px, #0000 1px 2px, ${t} 2px 3px)`};function ns(t,{element:e,marks:n}){let o=n.filter(r=>B(t.marks[r]));e.hidden=o.length===
0,e.dataset.count=String(o.length);for(let r of n){let a=k.tags.get(r);a&&(a.hidden=!o.includes(r))}}function os(t){let e=[
...t.querySelectorAll(".marked")];for(let n of Zt){let o=e.map(r=>Number(r.style.getPropertyValue(`--${n}`)));t.style.setProperty(
`--most-${n}`,String(Math.max(0,...o)))}}function Ce(){let t=d(".sheet");for(let o of t.querySelectorAll(".chosen"))o.classList.
remove("chosen","cited");for(let o of t.querySelectorAll(".partner"))o.classList.remove("partner");t.querySelector(".tag\
[aria-pressed=true]")?.setAttribute("aria-pressed","false"),t.querySelector(".tag[tabindex='0']")?.setAttribute("tabinde\
x","-1");let e=p()?.marks.findIndex(o=>B(o))??-1;k.tags.get(l.selected??e)?.setAttribute("tabindex","0");let n=y();n&&l.
selected!==null&&rs(n,l.selected)}function rs(t,e){for(let{element:n,cited:o}of k.byMark.get(e)??[])n.classList.add("cho\
sen"),n.classList.toggle("cited",!t.evidence||o.includes(e)),n.style.setProperty("--chosen",`var(--hue-${b(t).hue})`);k.
tags.get(e)?.setAttribute("aria-pressed","true");for(let n of t.partners??[])k.tags.get(n)?.classList.add("partner")}function Le(t){let e=t?p():void 0,n=e?.marks.flatMap((r,a)=>B(r)?[ss(r,F(e)[a])]:[]),o=n&&n.length>0?[s("h3",{},"Annotat\
ions"),s("ol",{},n)]:[];$(d(".printed"),o)}function mo(){window.addEventListener("beforeprint",()=>Le(!0)),window.addEventListener(
"afterprint",()=>Le(!1)),window.matchMedia("print").addEventListener("change",({matches:t})=>Le(t))}function ss(t,e){return s(
"li",{},s("b",{},b(t).code)," ",f("span",{},N(t)),": ",f("q",{},e.trim()),t.pages?` (${lt(t.pages).toLowerCase()})`:null,
f("div",{},I(t)))}function po(t,e){return Qt(t,n=>n.around).flatMap(n=>{let o=Qt(n,ho).flatMap(a=>as(a,e)),[{around:r}]=n;return r?[is(r,o)]:
o})}function Qt(t,e){let n=[];for(let o of t){let r=n.at(-1);r&&e(r[0])===e(o)?r.push(o):n.push([o])}return n}function ho(t){
return t.cell?t.cell.table:t.kind==="item"?"list":""}function as(t,e){let n=ho(t[0]);return n===""?t.flatMap(e):n==="lis\
t"?[s("div",{role:"list"},t.flatMap(e))]:[cs(t,e)]}function is(t,e){let n=s("div",{class:"label","aria-hidden":"true","d\
ata-label":t});return s("div",{class:"around",role:"group","aria-label":t},n,e)}function cs(t,e){let n=Qt(t,o=>o.cell?.row).
map(o=>s("tr",{},Qt(o,r=>r.cell?.column).flatMap(r=>ls(r,o,e))));return s("div",{class:"table"},s("table",{dir:"auto"},s(
"tbody",{},n)))}function ls(t,e,n){let{before:o,rows:r,columns:a,head:i}=t[0].cell,u=e.every(C=>C.cell?.head),m=s(i?"th":
"td",{colspan:a>1&&a,rowspan:r>1&&r,scope:i&&(u?"col":"row")},t.flatMap(n));return o>0?[s("td",{colspan:o}),m]:[m]}function Me(){let t=p(),e={open:new Set,banners:new Set};He();let n=d(".sheet");n.lang=t?.language??"",$(n,us(),t?po(t.blocks,
o=>ds(t,o,e)):[]),Ue(n)}function us(){let t=e=>s("span",{class:`caption ${e}`},rt(e).map(n=>s("span",{"data-label":c.layers[n].
name})));return s("div",{class:"captions","aria-hidden":"true"},t("left"),t("right"))}function ds(t,e,n){let o=e.pieces.
find(m=>m.unread!==void 0),r=`h${Math.min(e.level+2,6)}`,a=e.kind==="item",i=a&&!e.pieces.some(m=>m.role==="marker"),u=s(
e.kind==="heading"?r:"div",{class:`block ${e.kind}${o?" unread":""}${i?" bulleted":""}`,"data-level":e.level,role:a&&"li\
stitem","aria-level":a&&e.level,lang:e.language,dir:"auto"},e.pieces.flatMap(m=>[...ms(m,m===e.pieces[0]),...ps(t,m,n)]));
return[...fs(t,o,n),u]}function fs(t,e,{banners:n}){let o=it(t,e?.unread);if(!o||n.has(o.chunk))return[];n.add(o.chunk);
let r=[o.status,o.note].filter(Boolean).join(", "),a=`Chunk ${o.chunk} was not read: ${r}`;return[s("div",{class:"banner",
role:"note","aria-label":a,"data-label":a})]}function ms({pages:t},e){if(!t)return[];let n=lt(t);return[s("span",{class:e?
"page first":"page",role:"doc-pagebreak","aria-label":n,"data-label":n})]}function ps(t,e,n){let o=e.unread===void 0?"":
" lost",r=e.style?` ${e.style}`:"",a=`piece ${e.role??"content"}${r}${o}`,i=s("span",{class:a},P(e.text)),u=e.marks??[],
m=u.filter(C=>!n.open.has(C));return n.open=new Set(u),u.length>0&&Ke({element:i,marks:u,cited:e.cited??u}),[...lo(t,m),
i]}function Ot(){let t=p();return t?$(d(".title"),f("h2",{class:"name"},t.name),hs(t),Ae(t,"annotation","jk"),A?Ae(t,"chang\
e","cC",G):null,V?Ae(t,"error","eE",Z):null):d(".title").replaceChildren()}function hs(t){let e=Dt(t);return e?s("span",
{class:"language"},e):null}function Ae(t,e,n,o){let r=X(t,o),a=l.selected===null?0:r.indexOf(l.selected)+1,i=a>0?`${h(a)}\
 of ${h(r.length)}`:S(r.length,e);return s("div",{class:`steps ${e}s`,role:"group","aria-label":`${e}s`},go("previous",`\
Previous ${e} (${n[1]})`,()=>H(-1,o)),s("span",{},i),go("next",`Next ${e} (${n[0]})`,()=>H(1,o)))}function go(t,e,n){return g(
{class:"step","aria-label":e,title:e},n,jt(t))}var yo=()=>ut(!1);st("document",Me,Ot,qt,Gt,wt,Je,yo,Te);st("marks",Me,Ot,qt,Gt,wt);st("filters",qt,Gt,Ot,pe);st("select\
ion",Ce,Ot,Te);st("panel",pe);function gs(){d(".sheet").addEventListener("click",ln),d(".tabs").addEventListener("keydow\
n",An),d("#query").addEventListener("input",ie),d("#query").addEventListener("keydown",tn),d("#theme").addEventListener(
"click",Rt),d("#help").addEventListener("click",Tt),d("#open-rail").addEventListener("click",()=>ut(!0)),d("#text").addEventListener(
"click",yo,{capture:!0}),document.addEventListener("keydown",cn),mo()}document.documentElement.dataset.layers=String(c.layers.
length);A&&(l.tab="report");nn();co();gs();io();document.documentElement.dataset.ready="true";function xo(){d(".summary").after(s("div",{class:"reach",role:"group","aria-label":"Progress"})),Ht(),document.addEventListener(
"keydown",ys),document.addEventListener("keydown",oo),window.addEventListener("focus",()=>{Un()}),y()||Q(void 0)}function ys(t){
t.target instanceof Element&&t.target.closest("input, textarea")||!(t.ctrlKey||t.metaKey)||t.key.toLowerCase()!=="z"||(t.
preventDefault(),Y(t.shiftKey?"redo":"undo"))}xo();
