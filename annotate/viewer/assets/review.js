// Made by `make pages` from annotate/viewer/frontend
var i=JSON.parse(document.getElementById("data")?.textContent??""),fe=new Map(i.outcomes.map(t=>[t.name,t])),qn=i.documents.
some(t=>t.units),H=fe.size>0&&!qn,S=i.outcomes.some(t=>t.change);function B(t){return fe.get(t.outcome??"")}function y(t){
return i.categories[t.category]}function O(t){return i.layers[t.layer]}function Z(t){return[...i.layers.keys()].filter(n=>i.
layers[n].side===t).sort((n,o)=>i.layers[n].column-i.layers[o].column)}function Pt(){return[...Z("left"),...Z("right")]}var An=/^(class|id|for|type|role|title|hidden|open|checked|name|value|dir|tabindex|lang|colspan|rowspan|scope|data-[a-z]+|aria-[a-z]+)$/;
function r(t,e={},...n){let o=document.createElement(t);for(let[s,a]of Object.entries(e))a!==!1&&a!==null&&a!==void 0&&Nn(
o,s,a);return o.append(...me(n)),o}function Nn(t,e,n){if(!An.test(e))throw new Error(`a page does not set the attribute ${e}`);
t.setAttribute(e,n===!0?"":String(n))}function me(t){return t.flat().filter(e=>e!=null)}function v(t,...e){t.replaceChildren(
...me(e))}function g(t,e,...n){let o=r("button",{type:"button",...t},...n);return o.addEventListener("click",e),o}function u(t){
let e=document.querySelector(t);if(!(e instanceof HTMLElement))throw new Error(`the page has no ${t}`);return e}var pe=/([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069])/;
function L(t){return t.split(pe).filter(e=>e!=="").map(e=>pe.test(e)?jn(e):document.createTextNode(e))}function jn(t){let e=t.
charCodeAt(0).toString(16).toUpperCase().padStart(4,"0");return r("span",{class:"control","data-label":`U+${e}`},t)}function f(t,e,n){
return r(t,{dir:"auto",...e},...L(n))}function C(t,...e){return r("section",{},r("h3",{},t),...e)}function E(t){u(".spok\
en").textContent=t}function Bt(t,e){return t.style.setProperty("--hue",`var(--hue-${e.hue})`),t.style.setProperty("--line",e.pattern),t}function R(t){
return Bt(r("span",{class:"swatch","aria-hidden":"true"},t.code),t)}function gt(t){let e=t.error?"error":"fine";return r(
"span",{class:`sign ${e}`,"aria-hidden":"true"},t.sign)}function st(t){let e=B(t);if(!e)return null;let n=e.error?"error":
"fine";return r("span",{class:`badge ${n}`,title:e.explained},r("span",{class:"sign","aria-hidden":"true"},e.sign),e.label)}
function q(t){return r("kbd",{},t)}var c={document:0,selected:null,tab:"details",everywhere:!1,query:"",keys:!0,hidden:{category:new Set,outcome:new Set,layer:new Set}},
he={};function Q(t,...e){he[t]=e}function x(t){for(let e of he[t]??[])e()}function m(){return i.documents[c.document]}function w(){
return c.selected===null?void 0:m()?.marks[c.selected]}var ye=[["j","k","next, previous annotation"],...S?[ge("c","C","next, previous change")]:[],...H?[ge("e","E","next, prev\
ious error")]:[],["d","D","next, previous document"],["Enter","","read about the annotation that has the focus"],["/","",
"search; Enter goes from hit to hit"],["t","","light, dark, or as the system has it"],["Esc","","choose nothing"],["?","",
"this list"]];function ge(t,e,n){return[t,e,n]}function xe(t){ye.unshift(...t)}function yt(){let t=u("#keys"),e=ye.map(([
o,s,a])=>[r("dt",{},q(o),s?q(s):null),r("dd",{},a)]),n=i.outcomes.map(o=>[r("dt",{},gt(o)),r("dd",{},r("b",{},o.label),`\
 ${o.explained}`)]);v(t,r("h2",{id:"keys-title"},"Keys"),r("dl",{},...e),n.length>0?[r("h2",{},"Signs"),r("dl",{},...n)]:
null,r("p",{class:"note"},"A line stands for a category; its hue, its pattern and its code are in the list of categories\
. Click again on words that carry several annotations to go through them."),Pn(),g({class:"close"},()=>t.close(),"Close")),
t.showModal()}function Pn(){let t=r("input",{type:"checkbox",id:"single-keys",checked:c.keys});return t.addEventListener(
"change",()=>{c.keys=t.checked}),r("p",{},t,r("label",{for:"single-keys"}," Single letters act as keys"))}function A(t){let{category:e,outcome:n,layer:o}=c.hidden;return!e.has(t.category)&&!n.has(t.outcome)&&!o.has(t.layer)}function be(t){
let{category:e,outcome:n,layer:o}=c.hidden;return[e.delete(t.category),n.delete(t.outcome),o.delete(t.layer)].includes(!0)}
function Rt(t,e){return!e.partners?.some(n=>t.marks[n].layer<e.layer)}function F(t){return!!B(t)?.error}function K(t){return!!B(
t)?.change}function W(t,e=()=>!0){return[...t.marks.keys()].filter(n=>{let o=t.marks[n];return A(o)&&Rt(t,o)&&e(o)})}function at(t,e){
return(e.partners??[]).map(n=>t.marks[n])}function we(t){return B(t)?F(t)?"error":K(t)?"good":"calm":""}function N(t){let e=B(
t),n=i.layers.length>1?[O(t).name]:[];return[y(t).name,...n,...e?[e.label]:[]].join(", ")}function U({attributes:t}){return t.
filter(([,e])=>e.length>0).map(([e,n])=>`${e} ${n.join(", ")}`).join(" · ")}function It(t){let e=new WeakMap;return n=>{let o=e.get(n);if(o!==void 0)return o;let s=t(n);return e.set(n,s),s}}var xt=It(
t=>t.blocks.flatMap(e=>e.pieces)),V=It(t=>xt(t).map(e=>e.text).join("")),_=It(t=>{let e=t.marks.map(()=>[]);for(let n of xt(
t))for(let o of n.marks??[])e[o].push(n.text);return e.map(n=>n.join(""))});function Y(t){return t.marks.filter(e=>e.layer===
0).length}function bt(t){return t.refused.length+t.chunks.filter(e=>!e.answered).length}function G(t,e){return t?.chunks.
find(n=>n.chunk===e)}var b={pieces:[],byMark:new Map,tags:new Map,groups:[]};function ke(){b.pieces=[],b.byMark=new Map,b.tags=new Map,b.groups=
[]}function $e(t){t.element.dataset.marks=t.marks.join(" "),b.pieces.push(t);for(let e of t.marks){let n=b.byMark.get(e);
n?n.push(t):b.byMark.set(e,[t])}}function ve(t){let e=b.byMark.get(t)?.map(n=>n.element)??[];return e.find(n=>n.getClientRects().
length>0)??e[0]}var it=[];function Se(t){let e=document.createTreeWalker(t,NodeFilter.SHOW_TEXT);it=[];let n=0;for(;e.nextNode();){let o=e.
currentNode;it.push({node:o,start:n}),n+=o.length}}function ct(t,e){let n=document.createRange(),o=Oe(t),s=Oe(e-1);return n.
setStart(o.node,t-o.start),n.setEnd(s.node,e-s.start),n}function Oe(t){let e=0,n=it.length-1;for(;e<n;){let o=Math.ceil(
(e+n)/2);it[o].start<=t?e=o:n=o-1}return it[e]}function lt(t){if(!t)return;let e=t instanceof Range?t.startContainer.parentElement:t,o=(t.getClientRects().length>0?t:e?.
closest(".block")??t).getBoundingClientRect();Bn(e?.closest(".table"),o);let s=u("#text"),a=getComputedStyle(s).overflowY===
"auto",l=a?s.getBoundingClientRect():{top:0,height:innerHeight},d=o.top-l.top-l.height/2+Math.min(o.height,l.height/2)/2;
(a?s:window).scrollBy({top:d,behavior:"instant"})}function Bn(t,e){if(!t)return;let n=t.getBoundingClientRect();(e.left<
n.left||e.right>n.right)&&(t.scrollLeft+=e.left-n.left-Math.max(0,n.width-e.width)/2)}function Ee(){u("#text").scrollTop=
0}function I(t,{keepPanel:e=!1}={}){c.document=t,c.selected=null,x("document"),e||x("panel")}function M(t,e,{focus:n=!0,scroll:o=!0}={}){
t!==c.document&&I(t,{keepPanel:!0}),c.selected=e;let s=w();s&&be(s)&&x("filters"),x("selection"),Dt("details"),o&&lt(ve(
e)),n&&b.tags.get(e)?.focus({preventScroll:!0})}function ut(){c.selected=null,x("selection"),x("panel")}function Dt(t){c.
tab=t,x("panel"),u("#panel-body").scrollTop=0}function dt(t){let e=m(),n=G(e,t);if(!e||!n)return;let o=[...V(e)].slice(0,
n.start).join("").length;lt(ct(o,o+1)),E(`Chunk ${t}`)}function j(t,e=()=>!0){let n=Rn(t,e);if(!n)return E("There is non\
e.");let[o,s]=n;M(o,s);let a=i.documents[o],l=W(a,e),d=`${l.indexOf(s)+1} of ${l.length}`;return E(`${d}. ${N(a.marks[s])}\
: ${_(a)[s]}`)}function Rn(t,e){let n=i.documents.length;for(let o=0;o<=n;o+=1){let s=(c.document+t*o+2*n*(o+1))%n,a=W(i.
documents[s],e),l=o>0?a:a.filter(h=>In(h,t)),d=t>0?l[0]:l.at(-1);if(d!==void 0)return[s,d]}return null}function In(t,e){
return c.selected===null?e>0:e>0?t>c.selected:t<c.selected}function p(t){return t.toLocaleString("en-US")}function k(t,e){return`${p(t)} ${e}${t===1?"":"s"}`}function wt(t,e){let n=new Map;
for(let o of t)n.set(e(o),(n.get(e(o))??0)+1);return n}function X(t){return t.length===1?`Page ${p(t[0])}`:`Pages ${t.map(
p).join(", ")}`}function Te(){let t=i.documents.map((e,n)=>r("li",{},Dn(e,n)));return r("section",{class:"documents"},r("h2",{},k(i.documents.
length,"document")),r("ul",{},...t))}function Dn(t,e){let n={id:`document-${e}`,class:"document","aria-current":e===c.document?
"page":null},o=Y(t);return g(n,()=>I(e),f("span",{class:"name"},t.name),Hn(bt(t)),r("span",{class:"count",title:k(o,"ann\
otation")},p(o)))}function Hn(t){if(t===0)return null;let e=k(t,"problem");return r("span",{class:"warn",title:e,"aria-l\
abel":e},`! ${t}`)}function Me(){if(i.layers.length<2)return null;let t=wt(m()?.marks??[],n=>n.layer),e=Pt().map(n=>({value:n,label:[Fn(i.layers[n]),
i.layers[n].name],counts:[t.get(n)??0]}));return Ft("Layers","layer",e)}function Fn({side:t,faint:e}){return r("span",{class:`\
edge ${t}${e?" faint":""}`,"aria-hidden":"true"})}function Le(){let t=m();if(!t||i.outcomes.length===0)return null;let e=wt(
t.marks.filter(s=>Rt(t,s)),s=>s.outcome),o=i.outcomes.map(s=>({value:s.name,label:[gt(s),s.label],counts:[e.get(s.name)??
0],title:s.explained})).filter(({value:s})=>e.has(s));return o.length>0?Ft("Outcomes","outcome",o):null}function Ce(){let t=m()?.
marks??[],e=Pt(),n=e.map(l=>wt(t.filter(d=>d.layer===l),d=>y(d))),o=i.categories.map((l,d)=>({value:d,label:[R(l),f("spa\
n",{class:"name"},l.name)],counts:n.map(h=>h.get(l)??0),title:l.definition.split(`
`)[0]})),s=e.map(l=>r("span",{},i.layers[l].name)),a=e.length>1?r("span",{class:"columns"},...s):null;return Ft("Categor\
ies","category",o,a)}function Ft(t,e,n,o){let s=n.map(({value:a})=>a);return r("fieldset",{class:`filter ${e}`},r("legen\
d",{},t),r("div",{class:"all"},g({id:`all-${e}`},()=>Ht(e,s,!0),"all"),g({id:`none-${e}`},()=>Ht(e,s,!1),"none"),o),...n.
map(a=>Kn(e,a)))}function Kn(t,{value:e,label:n,counts:o,title:s}){let a=`${t}-${e}`.replace(/[^\w-]/g,"-"),l=r("input",
{type:"checkbox",id:a,checked:!c.hidden[t].has(e)});return l.addEventListener("change",()=>Ht(t,[e],l.checked)),r("div",
{class:"choice",title:s},l,r("label",{for:a},...n),g({class:"only",id:`only-${a}`,"aria-label":"only this"},()=>Un(t,e),
"only"),...o.map(d=>r("span",{class:d>0?"count":"count zero"},p(d))))}function Ht(t,e,n){for(let o of e)n?c.hidden[t].delete(
o):c.hidden[t].add(o);x("filters")}function Un(t,e){let n={layer:[...i.layers.keys()],outcome:i.outcomes.map(o=>o.name),
category:[...i.categories.keys()]};c.hidden[t]=new Set(n[t].filter(o=>o!==e)),x("filters")}function kt(){let t=document.activeElement?.closest("#rail")?document.activeElement.id:"";v(u("#rail"),g({class:"close",
id:"close-rail"},()=>tt(!1),"Close"),Te(),Me(),Le(),Ce(),_n()),t&&document.getElementById(t)?.focus()}function _n(){if(i.
facts.length===0)return null;let t=i.facts.flatMap(([e,n])=>[r("dt",{},e),f("dd",{},n)]);return r("details",{class:"run"},
r("summary",{},"About this run"),r("dl",{},...t))}function Kt(){return u("#rail").classList.contains("open")}function tt(t){
Kt()!==t&&(u("#rail").classList.toggle("open",t),u("#open-rail").setAttribute("aria-expanded",String(t)),u(t?"#close-rai\
l":"#open-rail").focus())}var $t=200,$={texts:[],marks:[],at:-1};function Ut(){return $.texts.length+$.marks.length}function _t(){return u("#query")}
function qe(){_t().select()}function zt(){let t=_t().value.trim();if(t===c.query)return;let e=c.query;c.query=t;let n=zn(
t);$.texts=n?Wn(n):[],$.marks=n?Jn(n):[],$.at=-1,t?c.tab="results":e&&c.tab==="results"&&(c.tab="details"),x("panel"),ft()}
function zn(t){let e=t.split(/\s+/).filter(Boolean).map(n=>n.replace(/[.*+?^${}()|[\]\\/-]/g,"\\$&"));return e.length>0?
new RegExp(e.join("\\s+"),"gi"):null}function Ae(){let t=[...i.documents.keys()].filter(e=>e!==c.document);return i.documents.
length>0?[c.document,...t]:[]}function Wn(t){let e=[];for(let n of Ae())for(let o of V(i.documents[n]).matchAll(t)){if(e.
length===$t)return e;e.push({document:n,start:o.index,end:o.index+o[0].length})}return e}function Jn(t){let e=[];for(let n of Ae())
i.documents[n].marks.forEach((o,s)=>{Zn(o).search(t)>=0&&e.push({document:n,mark:s})});return e.slice(0,$t)}function Zn(t){
return`${N(t)} ${U(t)} ${(t.facts??[]).flat().join(" ")}`}function Wt(t){let e=$.texts[t];e&&($.at=t,e.document!==c.document&&
I(e.document,{keepPanel:!0}),lt(ct(e.start,e.end)),ft(),E(`Hit ${t+1} of ${$.texts.length}`))}function ft(){if(!("highli\
ghts"in CSS))return;let t=$.texts.filter(o=>o.document===c.document),e=t.filter(o=>o===$.texts[$.at]),n=o=>o.map(s=>ct(s.
start,s.end));CSS.highlights.set("hit",new Highlight(...n(t))),CSS.highlights.set("hit-now",new Highlight(...n(e)))}function Ne(t){
if(t.key==="Escape"&&(t.preventDefault(),_t().value="",zt(),u("#text").focus()),t.key!=="Enter"||$.texts.length===0)return;
t.preventDefault();let e=t.shiftKey?-1:1,n=$.at<0&&t.shiftKey?0:$.at;Wt((n+e+$.texts.length)%$.texts.length)}var Qn={light:"M12 4V2m0 20v-2m8-8h2M2 12h2m13.7-5.7 1.4-1.4M4.9 19.1l1.4-1.4m11.4 0 1.4 1.4M4.9 4.9l1.4 1.4M12 8a4 4 0 \
1 0 0 8 4 4 0 0 0 0-8Z",dark:"M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",auto:"M12 3a9 9 0 1 0 0 18Zm0 0a9 9 0\
 0 1 0 18",previous:"m15 5-7 7 7 7",next:"m9 5 7 7-7 7"};function vt(t){let e="http://www.w3.org/2000/svg",n=document.createElementNS(
e,"svg"),o=document.createElementNS(e,"path");return n.setAttribute("viewBox","0 0 24 24"),n.setAttribute("aria-hidden",
"true"),o.setAttribute("d",Qn[t]),n.append(o),n}var Ot=["auto","light","dark"],je="annotate-theme";function St(){let t=Ot.findIndex(e=>e===document.documentElement.dataset.
theme);Be(Ot[(t+1)%Ot.length])}function Pe(){Be(Vn())}function Be(t){document.documentElement.dataset.theme=t;let e=u("#\
theme");e.replaceChildren(vt(t)),e.setAttribute("aria-label",`Theme: ${t}`),e.title=`Theme: ${t} (t)`;try{localStorage.setItem(
je,t)}catch{}}function Vn(){try{return Ot.find(t=>t===localStorage.getItem(je))??"auto"}catch{return"auto"}}var Jt={j:()=>j(1),k:()=>j(-1),e:()=>j(1,F),E:()=>j(-1,F),c:()=>j(1,K),C:()=>j(-1,K),d:()=>Re(1),D:()=>Re(-1),"/":qe,"?":yt,
t:St,Escape:()=>Kt()?tt(!1):ut()};function Ie(t){Object.assign(Jt,t)}var Yn="input:not([type=checkbox], [type=radio]), t\
extarea, select, dialog[open]",Gn=["?","Escape"];function Re(t){let e=i.documents.length;I((c.document+t+e)%e)}function De(t){
let e=t.target instanceof Element?t.target:null;if(e?.closest(Yn)||t.ctrlKey||t.metaKey||t.altKey||t.isComposing)return;
let n=e?.closest(".tag");t.key==="Enter"&&n instanceof HTMLElement?(t.preventDefault(),to(n)):Xn(t.key)&&(t.preventDefault(),
Jt[t.key]())}function Xn(t){return!Object.hasOwn(Jt,t)||i.documents.length===0&&t!=="?"?!1:c.keys||Gn.includes(t)}function to(t){
M(c.document,Number(t.dataset.mark),{focus:!1,scroll:!1}),u(".subject").focus()}function He(t){let e=t.target,n=e.closest(
".tag");if(n instanceof HTMLElement)return M(c.document,Number(n.dataset.mark),{scroll:!1});let o=e.closest(".marked"),s=getSelection()?.
isCollapsed===!1;if(!(o instanceof HTMLElement)||s)return;let a=(o.dataset.marks??"").split(" ").map(Number).filter(d=>A(
m().marks[d])),l=c.selected===null?-1:a.indexOf(c.selected);return M(c.document,a[(l+1)%a.length],{scroll:!1})}var eo=new Intl.DisplayNames(["en"],{type:"language"});function Fe(t){try{return eo.of(t)??t}catch{return t}}function Et({
language:t,others:e}){let n=e.map(Fe).join(", ");return t?[Fe(t),...n?[`parts in ${n}`]:[]].join(", "):n&&`parts in ${n}`}function P(t,e,{withCategory:n=!0}={}){let o=i.documents[t],s=o.marks[e],a=_(o)[e];return g({class:"quote","aria-label":`${N(
s)}: ${a}`,"data-goto":`${t}:${e}`},()=>M(t,e),n?no(s):st(s),f("span",{class:"said"},a.trim()),r("span",{class:"stated"},
U(s)))}function no(t){let e=y(t);return r("span",{class:"line"},R(e),r("span",{class:"name"},e.name),st(t))}function Tt(t,e){
return t===e?null:f("li",{class:"from"},i.documents[t].name)}function Ue(t,e){let n=at(t,e),o=[e,...n].sort((l,d)=>d.layer-l.layer),s=oo(o).flatMap(l=>ro(l,o,e)),a=n.filter(l=>l.start!==
e.start||l.end!==e.end||l.category!==e.category);return[s.length>0?r("h3",{},"Attributes"):null,s.length>0?r("dl",{class:"\
attributes"},...s):null,...a.map(l=>ao(t,l))]}function oo(t){return[...new Set(t.flatMap(e=>e.attributes.map(([n])=>n)))]}
function ro(t,e,n){let o=y(n).attributes[t],s=n.differs?.includes(t)??!1,a=e.length>1&&s?e.map(l=>Ke(l,t,O(l).name,e)):[
Ke(n,t,"",[n])];return[r("dt",{title:o?.definition},f("bdi",{},t),s?r("span",{class:"flag"},"differs"):null),r("dd",{},...a,
...so(t,e,o))]}function Ke(t,e,n,o){let s=Zt(t,e).map(a=>{let l=o.every(d=>Zt(d,e).includes(a));return f("span",{class:l?
"value":"value odd"},a)});return r("div",{class:"values"},n?r("span",{class:"whose"},n):null,s.length>0?s:r("span",{class:"\
none"},"nothing stated"))}function Zt(t,e){return t.attributes.find(([n])=>n===e)?.[1]??[]}function so(t,e,n){if(!n)return[];
let s=[...new Set(e.flatMap(a=>Zt(a,t)))].filter(a=>Object.hasOwn(n.values,a));return s.length===0?[r("p",{class:"note"},
n.definition)]:s.map(a=>r("p",{class:"note"},r("b",{},a),` ${n.values[a]}`))}function ao(t,e){return r("div",{class:"oth\
er"},r("p",{class:"whose"},`${O(e).name}: ${y(e).name}`),P(c.document,t.marks.indexOf(e)))}function pt(t){let{invalid:e,ungrounded:n,requests:o}=t,s=`characters ${p(t.start)}–${p(t.end)}`;return`${[`Chunk ${t.
chunk}, ${s}: ${t.status}`,o>1?`${k(o,"answer")} used`:"",e+n>0?`${e} invalid and ${n} ungrounded annotations sent back`:
"",t.note].filter(Boolean).join("; ")}.`}function _e(t){if(t.length===0)return null;let n=r("table",{class:"ledger"},r("\
thead",{},r("tr",{},...["chunk","ended","found","answers","tokens"].map(o=>r("th",{"aria-label":o},o)))),r("tbody",{},...t.
map(io)));return C("Chunks",n)}function io(t){let e=[g({class:"link"},()=>dt(t.chunk),String(t.chunk)),t.status,p(t.annotations),
p(t.requests),p(t.tokens)];return r("tr",{class:t.answered?"":"lost",title:pt(t)},...e.map(n=>r("td",{},n)))}function We(t,e){return e.evidence?C("Evidence",...e.evidence.map(n=>uo(t,e,n))):null}var co={exact:"Cited letter by let\
ter.",folded:"Cited with other white space, quotes, dashes, case or Markdown marks.",fuzzy:"Cited with two neighbouring \
letters swapped inside one long word."},lo={context:"What leads into this place was cited with the words.",unit:"Here al\
one they are a whole sentence or item.",order:"The order of the answer leaves this place.",ambiguous:"Nothing says which\
 place was meant."};function uo(t,e,{grounding:n,cited:o,part:s,places:a,choice:l,chunk:d}){let h=e.layer===0?G(t,d):void 0;
return r("div",{class:"citation"},r("p",{},r("span",{class:`grounding ${n}`},n),` ${co[n]??""}`),a>1?r("p",{},r("span",{
class:`placed ${l}`},l),` These words stand at ${a} places. ${lo[l]??""}`):null,o?ze("cited",o):null,s?ze(o?"printed":"c\
ited part",s):null,h?r("p",{class:"note"},pt(h)):null)}function ze(t,e){return r("div",{class:"labelled"},r("span",{class:"\
whose"},t),f("q",{},e))}var Je=[];function Qt(t){Je.push(t)}var Ze={label:"Details",draw(){let t=m();if(!t)return[r("p",{class:"quiet"},"This ru\
n holds no document.")];let e=w();return e?fo(t,e):[po(t)]}};function fo(t,e){return[ho(e),...Je.map(n=>n()),go(t,e),yo(
t,e),xo(e),...Ue(t,e),We(t,e),bo(t,e),wo(y(e)),ko(t,e)]}function po(t){let e=`${k(Y(t),"annotation")} in ${k(t.characters,
"character")}.`,n=["Click a highlight, or press ",q("j")," and ",q("k")];return r("div",{class:"opening"},r("p",{class:"\
large"},e),r("p",{},...n," to walk through them."),H&&!S&&t.report.length>0?r("p",{},q("e")," goes to the next error. Li\
nes above the words are gold, lines below are predicted."):null,r("p",{},q("/")," searches, ",q("?")," lists all keys an\
d signs."),mo(t))}function mo(t){let e=Et(t);return C("This document",Qe([...e?[["language",e]]:[],...t.facts]))}function Qe(t){
let e=t.flatMap(([n,o])=>[f("dt",{},n),f("dd",{},o)]);return r("dl",{class:"facts"},...e)}function ho(t){let e=y(t);return r(
"h2",{class:"subject",tabindex:-1},R(e),f("span",{class:"name"},e.name),i.layers.length>1?r("span",{class:"of"},O(t).name):
null,st(t))}function go(t,e){let n=t.marks.indexOf(e),o=xt(t).filter(s=>s.marks?.includes(n)).map(s=>{let a=!e.evidence||
(s.cited??s.marks??[]).includes(n);return r("span",{class:a?"words":"around"},...L(s.text))});return r("blockquote",{dir:"\
auto"},...o)}function yo(t,e){let n=`characters ${p(e.start)}–${p(e.end)}`,o=e.pages?`${X(e.pages)}, `:"";return r("p",
{class:"place"},o,n," of ",f("bdi",{},t.name))}function xo(t){return t.claimed?r("div",{class:"warning"},"It claims to q\
uote other words than stand at its place:",f("blockquote",{},t.claimed)):null}function bo(t,e){let n=at(t,e).filter(s=>O(
s).side==="left"),o=[e,...n].flatMap(s=>s.facts??[]);return o.length>0?Qe(o):null}function wo(t){if(!t.definition)return r(
"p",{class:"quiet"},"The schema at hand has no definition of this category.");let[e,...n]=t.definition.split(`
`),o=r("details",{},r("summary",{},"All of it"),r("p",{class:"lines"},n.join(`
`).trim()));return r("section",{class:"definition"},r("h3",{},"Definition"),r("p",{},e),n.length>0?o:null)}function ko(t,e){
let n=at(t,e),o=t.marks.flatMap((s,a)=>{let l=s.start<e.end&&e.start<s.end,d=s!==e&&!n.includes(s);return!l||!d||!A(s)?[]:
[r("li",{},P(c.document,a))]});return o.length===0?null:C("Also on these words",r("ul",{class:"quotes"},...o))}function Ve(t){return Ge("/decisions",{method:"POST",headers:{"content-type":"application/json"},body:JSON.stringify(t)})}
function Ye(t){return Ge(`/changes?since=${t}`,{})}async function Ge(t,e){try{let n=await fetch(t,e);if(n.headers.get("c\
ontent-type")?.startsWith("application/json")){let o=await n.json();return{news:o.documents&&o,...o}}return{problems:[`n\
ot kept: ${(await n.text()).trim()}`]}}catch{return{problems:["not kept: the server does not answer. Is annotate review \
still running?"]}}}var D=i.review,Vt=[],$o=300*1e3;function Yt(){let t=new Map;return i.documents.forEach((e,n)=>{e.marks.forEach((o,s)=>t.
set(o.decided?.id,[n,s]))}),t}function mt(){let t=i.documents.flatMap(e=>e.marks);return{done:t.filter(e=>!Xe(e)).length,
all:t.length}}function Xe(t){return t.outcome==="open"||t.outcome==="skipped"}function tn(){let t=Date.now(),e=Vt.filter(
o=>t-o<$o),n=(t-e[0])/6e4;return e.length<3?0:e.length/n}function Mt(){let{done:t,all:e}=mt(),n=r("progress",{"aria-label":"Decided"});n.max=Math.max(e,1),n.value=t,v(u(".reach"),
n,r("span",{class:"counted"},`${p(t)} of ${p(e)}`),r("span",{class:"pace"},vo(e-t)))}function vo(t){let e=tn();if(e===0)
return"";let n=t===0?"":`, ${p(Math.ceil(t/e))} min left`;return`${p(Math.round(e))} a minute${n}`}function Gt(t){let{documents:e,last:n,order:o,undo:s,redo:a}=t;Object.assign(D,{last:n,order:o,undo:s,redo:a});for(let{id:l,
blocks:d,marks:h}of e){let T=i.documents.findIndex(rt=>rt.id===l);if(T<0)continue;let ot=T===c.document?w()?.decided?.id:
void 0;i.documents[T]={...i.documents[T],blocks:d,marks:h},T===c.document&&Oo(ot)}x("panel")}function Oo(t){let{marks:e}=i.
documents[c.document],n=e.findIndex(a=>t!==void 0&&a.decided?.id===t);c.selected=n<0?null:n;let o=u("#text"),{scrollTop:s}=o;
x("marks"),o.scrollTop=s}async function en(){let{news:t}=await Ye(D.last);t&&Gt(t)}var Lt={problems:[]},Xt=Promise.resolve();function nn(t){return Xt=Xt.then(t),Xt}async function on(t){let{news:e,problems:n,
made:o}=await Ve({...t,since:D.last});return Lt.problems=n??[],e?Gt(e):x("panel"),n?E(n.join(" ")):Vt.push(Date.now()),Mt(),
n?"":o??""}function et(t,e={}){return nn(async()=>{let n=w();if(!n?.decided)return E("Choose an annotation first.");let{
id:o,n:s}=n.decided,a=await on({action:t,id:o,seen:s,...e});return a&&nt(a)})}function nt(t,e=1){let n=Yt(),{order:o}=D,
s=t===void 0?-1:o.indexOf(t),a=s<0&&e<0?0:s;for(let h=1;h<=o.length;h+=1){let T=(a+e*h+2*o.length)%o.length,[ot,rt]=n.get(
o[T])??[];if(ot===void 0||rt===void 0)continue;if(i.documents[ot].marks[rt].outcome==="open"&&o[T]!==t)return So(ot,rt)}
let{done:l,all:d}=mt();return ut(),E(l===d?`All ${d} are decided.`:`${d-l} were left for later.`)}function So(t,e){M(t,e);
let{done:n,all:o}=mt();E(`${n} of ${o} decided. ${i.documents[t].marks[e].decided?.id??""}`)}function z(t){return nn(async()=>{
let e=D[t];if(!e)return E(`There is nothing to ${t}.`);let n=await on({action:t,seen:e.n}),[o,s]=Yt().get(n)??[];return o===
void 0||s===void 0?ut():(M(o,s),E(`${t==="undo"?"Taken back":"Brought back"}: ${e.said}.`))})}function rn(){let t=w();if(!t?.decided)return null;let{status:e,must_find:n,why:o}=t.decided;return r("section",{class:"\
decide","aria-label":"Decide"},Eo(),r("div",{class:"choices",role:"group","aria-label":"Decision"},J("Accept","a",te,{class:"\
accept"}),J("Reject","x",ee,{class:"reject"}),J("Skip","s",ne)),r("div",{class:"choices",role:"group","aria-label":"In t\
he gold"},J("Optional","o",oe,{"aria-pressed":String(e==="optional")}),J("Must find","m",re,{"aria-pressed":String(n)})),
o?f("p",{class:"why"},o):null)}function Eo(){if(Lt.problems.length===0)return null;let t=Lt.problems.map(e=>f("li",{},e));
return r("ul",{class:"warning",role:"alert"},t)}function sn(){let{undo:t,redo:e}=D;return r("div",{class:"choices turns",
role:"group","aria-label":"Take back"},J("Undo","u",()=>z("undo"),{disabled:!t}),J("Redo","U",()=>z("redo"),{disabled:!e}))}
function J(t,e,n,{disabled:o=!1,...s}={}){let a=g({"aria-keyshortcuts":e,...s},n,t,q(e));return a.disabled=o,a}function te(){
return et("accept")}function ee(){return et("reject")}function ne(){return et("skip")}function oe(){let t=w()?.decided?.
status==="optional";return et("accept",{status:t?"required":"optional",must_find:!1})}function re(){let t=w()?.decided?.
must_find??!1;return et("accept",{must_find:!t,status:"required"})}Ie({a:te,x:ee,s:ne,o:oe,m:re,u:()=>{z("undo")},U:()=>{z("redo")},n:()=>nt(w()?.decided?.id),N:()=>nt(w()?.decided?.id,-1)});
xe([["a","","accept, and go on to the next that is open"],["x","","reject"],["s","","skip: leave it for later"],["o","",
"accept as optional, or as required again"],["m","","accept as one that must be found, or as any other again"],["u","U",
"undo, redo; Ctrl+Z and Ctrl+Shift+Z do the same"],["n","N","next, previous that is open"]]);Qt(rn);Qt(sn);var To=150,an;function se(){clearTimeout(an),an=window.setTimeout(Mo,To)}function Mo(){let t=c.selected===null?"":`:${c.
selected}`;try{history.replaceState(null,"",`#${c.document}${t}`)}catch{}}function cn(){let[,t,e]=/^#(\d+)(?::(\d+))?$/.
exec(location.hash)??[],n=Number(t??0),o=i.documents[n];I(o?n:0),o?.marks[Number(e)]&&M(n,Number(e),{focus:!1})}function ln(){u(".brand").append(...L(i.title));let t=i.documents.reduce((o,s)=>o+Y(s),0),e=k(i.documents.length,"docume\
nt"),n=u(".summary");if(i.subtitle&&n.append(f("bdi",{},i.subtitle)," · "),n.append(S?e:`${k(t,"annotation")} in ${e}`),
i.badge){let o=i.badge.good?"fine":"error";n.append(r("span",{class:`badge ${o}`},i.badge.label))}for(let o of i.notices)
u(".bar").after(f("p",{class:"notice",role:"note"},o))}var fn={label:"Categories",draw(){let t=[...i.documents.keys()],e=c.everywhere?t:[c.document],n=i.categories.map((o,s)=>Co(
s,e));return[t.length>1?Lo():null,...n,No()]}};function Lo(){return r("div",{class:"scope",role:"group","aria-label":"Wh\
ich documents"},un("This document",!1),un("All documents",!0))}function un(t,e){let n=()=>{c.everywhere=e,x("panel")};return g(
{"aria-pressed":String(c.everywhere===e)},n,t)}function Co(t,e){let n=i.categories[t],o=e.flatMap(l=>Ao(l,t));if(o.length===
0)return null;let s=r("ul",{class:"quotes"}),a=r("details",{class:"category","data-category":t},r("summary",{},R(n),f("s\
pan",{class:"name"},n.name),r("span",{class:"count"},p(o.length))),n.definition?r("p",{class:"note"},n.definition.split(
`
`)[0]):null,s);return a.addEventListener("toggle",()=>{a.open&&s.childElementCount===0&&v(s,...qo(o))}),a}function qo(t){
return t.flatMap(([e,n],o)=>[c.everywhere?Tt(e,t[o-1]?.[0]):null,r("li",{},P(e,n,{withCategory:!1}))])}function Ao(t,e){
return i.documents[t].marks.flatMap((n,o)=>n.category===e&&n.layer===0?[[t,o]]:[])}function No(){let t=m()?.silence;if(!t||
t.silent.length+t.open.length===0)return null;let e="Every chunk of this document was answered, and nothing of these was\
 found.",n=`No silence is claimed: ${t.why}.`;return r("section",{class:"silence"},dn("Silent",e,t.silent),dn("Not found\
, and not known to be absent",n,t.open))}function dn(t,e,n){if(n.length===0)return null;let o=n.map(s=>r("li",{},R(i.categories[s]),
f("span",{},i.categories[s].name)));return r("div",{},r("h3",{},t),r("p",{class:"note"},e),r("ul",{class:"names"},...o))}var mn={label:"Problems",count(){let t=m();return(t?bt(t):0)+i.unreadable.length},draw(){let{chunks:t,refused:e}=m()??{chunks:[],
refused:[]},n=t.filter(l=>!l.answered),o=[Ct("Not read","These parts of the text are hatched: nothing is known about the\
m.",n.map(Po)),Ct("Refused answers","They broke the schema or quoted words that the text does not hold, and no repair co\
rrected them.",e.map(Bo)),Ct("Unreadable inputs","",i.unreadable.map(pn))],s=o.some(l=>l!==null),a=Ct("Skipped inputs","\
They were found where the inputs lead, and are not part of this run.",i.skipped.map(pn));return[...s?o:[jo(t)],a,_e(t)]}};
function Ct(t,e,n){return n.length===0?null:C(t,e?r("p",{class:"note"},e):null,r("ul",{class:"problems"},...n))}function jo(t){
let e=t.length>0?`All ${k(t.length,"chunk")} of this document were answered, and no answer was refused.`:"Nothing is kno\
wn of how this text was read.";return r("p",{class:"quiet"},e)}function Po(t){let e=f("span",{},pt(t));return r("li",{},
g({class:"problem"},()=>dt(t.chunk),e))}function Bo(t){let{chunk:e}=t;return r("li",{class:"refused"},r("p",{},r("span",
{class:"badge error"},t.kind)," ",f("b",{},t.category||"no category")),t.quote?f("blockquote",{},t.quote):null,t.answer?
f("pre",{},t.answer):null,f("p",{class:"stated"},U(t)),r("ul",{class:"note"},...t.problems.map(n=>f("li",{},n))),e===null?
null:g({class:"link"},()=>dt(e),`chunk ${e}`))}function pn({source:t,reason:e}){return r("li",{},f("b",{},t)," ",f("span",
{},e))}var hn=4,yn={label:S?"Changes":"Errors",when:()=>H,count:()=>gn().length,draw(){let t=m()?.report??[],e=i.documents.length>
1||S?i.report:[],n=gn().map(o=>r("li",{},P(c.document,o)));return[...[...e,...t].map(Ro),t.length>0?r("h3",{},k(n.length,
S?"change":"error")):r("p",{class:"quiet"},"There is no gold for this document."),r("ul",{class:"quotes"},...n)]}};function gn(){
let t=m();return t?W(t,S?K:F):[]}function Ro({title:t,notes:e,columns:n,rows:o}){return r("section",{class:"report"},f("\
h3",{},t),...e.slice(0,hn).map(xn),Io(e.slice(hn)),o.length>0?Do(n,o):null)}function xn(t){return f("p",{class:"note"},t)}
function Io(t){if(t.length===0)return null;let e=r("summary",{},`${p(t.length)} more`);return r("details",{},e,...t.map(
xn))}function Do(t,e){let n=r("tr",{},...t.map(s=>r("th",{},s))),o=e.map(([s,...a])=>r("tr",{},f("th",{},s),...a.map(l=>r(
"td",{},l))));return r("table",{},r("thead",{},n),r("tbody",{},...o))}var ae=36,wn={label:"Results",when:()=>c.query!=="",count:Ut,draw(){if(Ut()===0)return[r("p",{class:"quiet"},"Nothing fo\
und.")];let{texts:t,marks:e}=$,n=i.documents.length>1;return[bn("In the text",t.length,t.flatMap((o,s)=>[n?Tt(o.document,
t[s-1]?.document):null,r("li",{},Ho(o,s))])),bn("In annotations",e.length,e.map(o=>r("li",{},P(o.document,o.mark))))]}};
function bn(t,e,n){if(e===0)return null;let o=e===$t?`the first ${e}`:p(e);return C(`${t}: ${o}`,r("ul",{class:"quotes"},
...n))}function Ho({document:t,start:e,end:n},o){let s=V(i.documents[t]),a=s.slice(Math.max(0,e-ae),e),l=s.slice(n,n+ae);
return g({class:"quote","data-hit":o},()=>Wt(o),r("span",{class:"said",dir:"auto"},"…",...L(e>ae?a.replace(/^\S*\s/,""):
a),r("mark",{},...L(s.slice(e,n))),...L(l.replace(/\s\S*$/,"")),"…"))}var qt={details:Ze,index:fn,problems:mn,report:yn,results:wn};function ie(){let t=Object.keys(qt).filter(n=>qt[n].when?.()??!0);t.includes(c.tab)||(c.tab="details"),v(u(".tabs"),...t.
map(Fo)),u(`#tab-${c.tab}`).scrollIntoView({block:"nearest",inline:"nearest"});let e=u("#panel-body");v(e,...qt[c.tab].draw()),
e.setAttribute("aria-labelledby",`tab-${c.tab}`)}function Fo(t){let{label:e,count:n}=qt[t],o=t===c.tab,s=n?.()??0,a={class:"\
tab",role:"tab",id:`tab-${t}`,"aria-selected":String(o),"aria-controls":"panel-body",tabindex:o?0:-1};return g(a,()=>Ko(
t),e," ",s>0?r("span",{class:"count"},p(s)):null)}function Ko(t){Dt(t),u(`#tab-${t}`).focus()}function kn(t){let e=[...u(
".tabs").children],n=e.findIndex(a=>a===document.activeElement),o={ArrowRight:1,ArrowLeft:-1}[t.key];if(n<0||o===void 0)
return;t.preventDefault();let s=e[(n+o+e.length)%e.length];s.focus(),s.click()}var At=["left","right"];function $n(t,e){return At.flatMap(n=>{let o=e.filter(s=>O(t.marks[s]).side===n);return o.length>
0?[Uo(t,o,n)]:[]})}function Uo(t,e,n){let o=Z(n).map(a=>{let l=e.filter(d=>t.marks[d].layer===a);return r("span",{class:"\
column"},l.map(d=>_o(t,d)))}),s=r("span",{class:`tags ${n}`,"data-columns":o.length},...o);return b.groups.push({element:s,
marks:e}),s}function _o(t,e){let n=t.marks[e],o=y(n),s=r("button",{type:"button",class:O(n).faint?"tag faint":"tag",tabindex:-1,
"data-mark":e,"data-name":o.name,"data-code":o.code,"data-sign":B(n)?.sign??"","data-tone":we(n),title:N(n),"aria-label":`${N(
n)}: ${_(t)[e]}`});return b.tags.set(e,s),Bt(s,o)}var vn=4,zo=6;function Nt(){let t=m();if(!t)return;let e=new Map([...On(t,"left"),...On(t,"right")]);for(let n of b.pieces)
Wo(t,n,e);for(let n of b.groups)Go(t,n);for(let n of u(".sheet").querySelectorAll(".block"))Xo(n);ce()}function On(t,e){
let n=[],o=new Map;return t.marks.forEach((s,a)=>{if(O(s).side!==e||!A(s))return;let l=n.findIndex(h=>h<=s.start),d=l<0?
n.length:l;n[d]=s.end,o.set(a,Math.min(d,zo-1))}),o}function Wo(t,{element:e,marks:n},o){let s=n.filter(a=>o.has(a));e.classList.
toggle("marked",s.length>0),e.style.background=s.map(a=>Qo(t.marks[a],o.get(a)??0)).join(", ");for(let a of At)e.style.setProperty(
`--${a}`,String(Zo(t,s,o,a)));e.style.setProperty("--tint",Jo(t,s))}function Jo(t,e){let n=new Set(e.map(o=>y(t.marks[o]).
hue));return n.size===1?`var(--hue-${[...n][0]})`:"var(--soft)"}function Zo(t,e,n,o){let s=e.filter(a=>O(t.marks[a]).side===
o);return Math.max(0,...s.map(a=>(n.get(a)??0)+1))}function Qo(t,e){let{pattern:n}=y(t),o=O(t).side==="left"?`calc((var(\
--left) - ${e+1}) * ${vn}px)`:`calc(100% - (var(--right) - ${e+1}) * ${vn}px)`,s=n==="double"?3:2;return`${Yo[n](Vo(t))}\
 0 ${o} / 100% ${s}px no-repeat`}function Vo(t){let e=`var(--hue-${y(t).hue})`;return O(t).faint?`color-mix(in oklab, ${e}\
 45%, var(--paper))`:e}var Yo={solid:t=>`linear-gradient(${t} 0 0)`,dashed:t=>`repeating-linear-gradient(90deg, ${t} 0 6\
px, #0000 6px 9px)`,dotted:t=>`repeating-linear-gradient(90deg, ${t} 0 2px, #0000 2px 5px)`,double:t=>`linear-gradient(${t}\
 0 1px, #0000 1px 2px, ${t} 2px 3px)`};function Go(t,{element:e,marks:n}){let o=n.filter(s=>A(t.marks[s]));e.hidden=o.length===
0,e.dataset.count=String(o.length);for(let s of n){let a=b.tags.get(s);a&&(a.hidden=!o.includes(s))}}function Xo(t){let e=[
...t.querySelectorAll(".marked")];for(let n of At){let o=e.map(s=>Number(s.style.getPropertyValue(`--${n}`)));t.style.setProperty(
`--most-${n}`,String(Math.max(0,...o)))}}function ce(){let t=u(".sheet");for(let o of t.querySelectorAll(".chosen"))o.classList.
remove("chosen","cited");for(let o of t.querySelectorAll(".partner"))o.classList.remove("partner");t.querySelector(".tag\
[aria-pressed=true]")?.setAttribute("aria-pressed","false"),t.querySelector(".tag[tabindex='0']")?.setAttribute("tabinde\
x","-1");let e=m()?.marks.findIndex(o=>A(o))??-1;b.tags.get(c.selected??e)?.setAttribute("tabindex","0");let n=w();n&&c.
selected!==null&&tr(n,c.selected)}function tr(t,e){for(let{element:n,cited:o}of b.byMark.get(e)??[])n.classList.add("cho\
sen"),n.classList.toggle("cited",!t.evidence||o.includes(e)),n.style.setProperty("--chosen",`var(--hue-${y(t).hue})`);b.
tags.get(e)?.setAttribute("aria-pressed","true");for(let n of t.partners??[])b.tags.get(n)?.classList.add("partner")}function le(t){let e=t?m():void 0,n=e?.marks.flatMap((s,a)=>A(s)?[er(s,_(e)[a])]:[]),o=n&&n.length>0?[r("h3",{},"Annotat\
ions"),r("ol",{},n)]:[];v(u(".printed"),o)}function Sn(){window.addEventListener("beforeprint",()=>le(!0)),window.addEventListener(
"afterprint",()=>le(!1)),window.matchMedia("print").addEventListener("change",({matches:t})=>le(t))}function er(t,e){return r(
"li",{},r("b",{},y(t).code)," ",f("span",{},N(t)),": ",f("q",{},e.trim()),t.pages?` (${X(t.pages).toLowerCase()})`:null,
f("div",{},U(t)))}function En(t,e){return jt(t,n=>n.around).flatMap(n=>{let o=jt(n,Tn).flatMap(a=>nr(a,e)),[{around:s}]=n;return s?[or(s,o)]:
o})}function jt(t,e){let n=[];for(let o of t){let s=n.at(-1);s&&e(s[0])===e(o)?s.push(o):n.push([o])}return n}function Tn(t){
return t.cell?t.cell.table:t.kind==="item"?"list":""}function nr(t,e){let n=Tn(t[0]);return n===""?t.flatMap(e):n==="lis\
t"?[r("div",{role:"list"},t.flatMap(e))]:[rr(t,e)]}function or(t,e){let n=r("div",{class:"label","aria-hidden":"true","d\
ata-label":t});return r("div",{class:"around",role:"group","aria-label":t},n,e)}function rr(t,e){let n=jt(t,o=>o.cell?.row).
map(o=>r("tr",{},jt(o,s=>s.cell?.column).flatMap(s=>sr(s,o,e))));return r("div",{class:"table"},r("table",{dir:"auto"},r(
"tbody",{},n)))}function sr(t,e,n){let{before:o,rows:s,columns:a,head:l}=t[0].cell,d=e.every(T=>T.cell?.head),h=r(l?"th":
"td",{colspan:a>1&&a,rowspan:s>1&&s,scope:l&&(d?"col":"row")},t.flatMap(n));return o>0?[r("td",{colspan:o}),h]:[h]}function ue(){let t=m(),e={open:new Set,banners:new Set};ke();let n=u(".sheet");n.lang=t?.language??"",v(n,ar(),t?En(t.blocks,
o=>ir(t,o,e)):[]),Se(n)}function ar(){let t=e=>r("span",{class:`caption ${e}`},Z(e).map(n=>r("span",{"data-label":i.layers[n].
name})));return r("div",{class:"captions","aria-hidden":"true"},t("left"),t("right"))}function ir(t,e,n){let o=e.pieces.
find(h=>h.unread!==void 0),s=`h${Math.min(e.level+2,6)}`,a=e.kind==="item",l=a&&!e.pieces.some(h=>h.role==="marker"),d=r(
e.kind==="heading"?s:"div",{class:`block ${e.kind}${o?" unread":""}${l?" bulleted":""}`,"data-level":e.level,role:a&&"li\
stitem","aria-level":a&&e.level,lang:e.language,dir:"auto"},e.pieces.flatMap(h=>[...lr(h,h===e.pieces[0]),...ur(t,h,n)]));
return[...cr(t,o,n),d]}function cr(t,e,{banners:n}){let o=G(t,e?.unread);if(!o||n.has(o.chunk))return[];n.add(o.chunk);let s=[
o.status,o.note].filter(Boolean).join(", "),a=`Chunk ${o.chunk} was not read: ${s}`;return[r("div",{class:"banner",role:"\
note","aria-label":a,"data-label":a})]}function lr({pages:t},e){if(!t)return[];let n=X(t);return[r("span",{class:e?"page\
 first":"page",role:"doc-pagebreak","aria-label":n,"data-label":n})]}function ur(t,e,n){let o=e.unread===void 0?"":" los\
t",s=e.style?` ${e.style}`:"",a=`piece ${e.role??"content"}${s}${o}`,l=r("span",{class:a},L(e.text)),d=e.marks??[],h=d.filter(
T=>!n.open.has(T));return n.open=new Set(d),d.length>0&&$e({element:l,marks:d,cited:e.cited??d}),[...$n(t,h),l]}function ht(){let t=m();return t?v(u(".title"),f("h2",{class:"name"},t.name),dr(t),de(t,"annotation","jk"),S?de(t,"chang\
e","cC",K):null,H?de(t,"error","eE",F):null):u(".title").replaceChildren()}function dr(t){let e=Et(t);return e?r("span",
{class:"language"},e):null}function de(t,e,n,o){let s=W(t,o),a=c.selected===null?0:s.indexOf(c.selected)+1,l=a>0?`${p(a)}\
 of ${p(s.length)}`:k(s.length,e);return r("div",{class:`steps ${e}s`,role:"group","aria-label":`${e}s`},Mn("previous",`\
Previous ${e} (${n[1]})`,()=>j(-1,o)),r("span",{},l),Mn("next",`Next ${e} (${n[0]})`,()=>j(1,o)))}function Mn(t,e,n){return g(
{class:"step","aria-label":e,title:e},n,vt(t))}var Ln=()=>tt(!1);Q("document",ue,ht,kt,Nt,ft,Ee,Ln,se);Q("marks",ue,ht,kt,Nt,ft);Q("filters",kt,Nt,ht,ie);Q("selection",
ce,ht,se);Q("panel",ie);function fr(){u(".sheet").addEventListener("click",He),u(".tabs").addEventListener("keydown",kn),
u("#query").addEventListener("input",zt),u("#query").addEventListener("keydown",Ne),u("#theme").addEventListener("click",
St),u("#help").addEventListener("click",yt),u("#open-rail").addEventListener("click",()=>tt(!0)),u("#text").addEventListener(
"click",Ln,{capture:!0}),document.addEventListener("keydown",De),Sn()}document.documentElement.dataset.layers=String(i.layers.
length);S&&(c.tab="report");Pe();ln();fr();cn();document.documentElement.dataset.ready="true";function Cn(){u(".summary").after(r("div",{class:"reach",role:"group","aria-label":"Progress"})),Mt(),document.addEventListener(
"keydown",pr),window.addEventListener("focus",()=>{en()}),w()||nt(void 0)}function pr(t){t.target instanceof Element&&t.
target.closest("input, textarea")||!(t.ctrlKey||t.metaKey)||t.key.toLowerCase()!=="z"||(t.preventDefault(),z(t.shiftKey?
"redo":"undo"))}Cn();
