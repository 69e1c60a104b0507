// Made by `make pages` from annotate/viewer/frontend
var i=JSON.parse(document.getElementById("data")?.textContent??""),zt=new Map(i.outcomes.map(t=>[t.name,t])),Ye=i.documents.
some(t=>t.units),I=zt.size>0&&!Ye,$=i.outcomes.some(t=>t.change);function q(t){return zt.get(t.outcome??"")}function y(t){
return i.categories[t.category]}function k(t){return i.layers[t.layer]}function K(t){return[...i.layers.keys()].filter(n=>i.
layers[n].side===t).sort((n,o)=>i.layers[n].column-i.layers[o].column)}function Ot(){return[...K("left"),...K("right")]}function at(t){let e=new WeakMap;return n=>{let o=e.get(n);if(o!==void 0)return o;let s=t(n);return e.set(n,s),s}}var it=at(
t=>t.blocks.flatMap(e=>e.pieces)),Y=at(t=>it(t).map(e=>e.text).join("")),j=at(t=>{let e=t.marks.map(()=>[]);for(let n of it(
t))for(let o of n.marks??[])e[o].push(n.text);return e.map(n=>n.join(""))}),Ze=at(t=>{let e=[],n=0;for(let o of Y(t))o.length>
1&&e.push(n),n+=1;return e});function Wt(t,e){return e+Ze(t).filter(n=>n<e).length}function U(t){return t.marks.filter(e=>e.layer===0).length}function ct(t){return t.refused.length+t.chunks.filter(e=>!e.
answered).length}function z(t,e){return t?.chunks.find(n=>n.chunk===e)}var Ge=/^(class|id|for|type|role|title|hidden|open|checked|name|value|dir|tabindex|lang|colspan|rowspan|scope|data-[a-z]+|aria-[a-z]+)$/;
function r(t,e={},...n){let o=document.createElement(t);for(let[s,a]of Object.entries(e))a!==!1&&a!==null&&a!==void 0&&Xe(
o,s,a);return o.append(...Jt(n)),o}function Xe(t,e,n){if(!Ge.test(e))throw new Error(`a page does not set the attribute ${e}`);
t.setAttribute(e,n===!0?"":String(n))}function Jt(t){return t.flat().filter(e=>e!=null)}function S(t,...e){t.replaceChildren(
...Jt(e))}function h(t,e,...n){let o=r("button",{type:"button",...t},...n);return o.addEventListener("click",e),o}function u(t){
let e=document.querySelector(t);if(!(e instanceof HTMLElement))throw new Error(`the page has no ${t}`);return e}var _t=/([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069])/;
function O(t){return t.split(_t).filter(e=>e!=="").map(e=>_t.test(e)?tn(e):document.createTextNode(e))}function tn(t){let e=t.
charCodeAt(0).toString(16).toUpperCase().padStart(4,"0");return r("span",{class:"control","data-label":`U+${e}`},t)}function f(t,e,n){
return r(t,{dir:"auto",...e},...O(n))}function E(t,...e){return r("section",{},r("h3",{},t),...e)}function W(t){u(".spok\
en").textContent=t}var c={document:0,selected:null,tab:"details",everywhere:!1,query:"",keys:!0,hidden:{category:new Set,outcome:new Set,layer:new Set}},
Qt={};function _(t,...e){Qt[t]=e}function v(t){for(let e of Qt[t]??[])e()}function p(){return i.documents[c.document]}function J(){return c.selected===null?
void 0:p()?.marks[c.selected]}function T(t){let{category:e,outcome:n,layer:o}=c.hidden;return!e.has(t.category)&&!n.has(t.outcome)&&!o.has(t.layer)}function Vt(t){
let{category:e,outcome:n,layer:o}=c.hidden;return[e.delete(t.category),n.delete(t.outcome),o.delete(t.layer)].includes(!0)}
function Et(t,e){return!e.partners?.some(n=>t.marks[n].layer<e.layer)}function B(t){return!!q(t)?.error}function H(t){return!!q(
t)?.change}function F(t,e=()=>!0){return[...t.marks.keys()].filter(n=>{let o=t.marks[n];return T(o)&&Et(t,o)&&e(o)})}function Z(t,e){
return(e.partners??[]).map(n=>t.marks[n])}function Yt(t){return q(t)?B(t)?"error":H(t)?"good":"calm":""}function M(t){let e=q(
t),n=i.layers.length>1?[k(t).name]:[];return[y(t).name,...n,...e?[e.label]:[]].join(", ")}function D({attributes:t}){return t.
filter(([,e])=>e.length>0).map(([e,n])=>`${e} ${n.join(", ")}`).join(" · ")}var b={pieces:[],byMark:new Map,tags:new Map,groups:[]};function Zt(){b.pieces=[],b.byMark=new Map,b.tags=new Map,b.groups=
[]}function Gt(t){t.element.dataset.marks=t.marks.join(" "),b.pieces.push(t);for(let e of t.marks){let n=b.byMark.get(e);
n?n.push(t):b.byMark.set(e,[t])}}function Xt(t){let e=b.byMark.get(t)?.map(n=>n.element)??[];return e.find(n=>n.getClientRects().
length>0)??e[0]}var G=[];function ee(t){let e=document.createTreeWalker(t,NodeFilter.SHOW_TEXT);G=[];let n=0;for(;e.nextNode();){let o=e.
currentNode;G.push({node:o,start:n}),n+=o.length}}function X(t,e){let n=document.createRange(),o=te(t),s=te(e-1);return n.
setStart(o.node,t-o.start),n.setEnd(s.node,e-s.start),n}function te(t){let e=0,n=G.length-1;for(;e<n;){let o=Math.ceil((e+n)/2);G[o].start<=t?e=o:n=o-1}return G[e]}function tt(t){if(!t)return;let e=t instanceof Range?t.startContainer.parentElement:t,o=(t.getClientRects().length>0?t:e?.
closest(".block")??t).getBoundingClientRect();en(e?.closest(".table"),o);let s=u("#text"),a=getComputedStyle(s).overflowY===
"auto",l=a?s.getBoundingClientRect():{top:0,height:innerHeight},d=o.top-l.top-l.height/2+Math.min(o.height,l.height/2)/2;
(a?s:window).scrollBy({top:d,behavior:"instant"})}function en(t,e){if(!t)return;let n=t.getBoundingClientRect();(e.left<
n.left||e.right>n.right)&&(t.scrollLeft+=e.left-n.left-Math.max(0,n.width-e.width)/2)}function ne(){u("#text").scrollTop=
0}function A(t,{keepPanel:e=!1}={}){c.document=t,c.selected=null,v("document"),e||v("panel")}function N(t,e,{focus:n=!0,scroll:o=!0}={}){
t!==c.document&&A(t,{keepPanel:!0}),c.selected=e;let s=J();s&&Vt(s)&&v("filters"),v("selection"),Tt("details"),o&&tt(Xt(
e)),n&&b.tags.get(e)?.focus({preventScroll:!0})}function oe(){c.selected=null,v("selection"),v("panel")}function Tt(t){c.
tab=t,v("panel"),u("#panel-body").scrollTop=0}function et(t){let e=p(),n=z(e,t);if(!e||!n)return;let o=Wt(e,n.start);tt(
X(o,o+1)),W(`Chunk ${t}`)}function L(t,e=()=>!0){let n=nn(t,e);if(!n)return W("There is none.");let[o,s]=n;N(o,s);let a=i.
documents[o],l=F(a,e),d=`${l.indexOf(s)+1} of ${l.length}`;return W(`${d}. ${M(a.marks[s])}: ${j(a)[s]}`)}function nn(t,e){
let n=i.documents.length;for(let o=0;o<=n;o+=1){let s=(c.document+t*o+2*n*(o+1))%n,a=F(i.documents[s],e),l=o>0?a:a.filter(
g=>on(g,t)),d=t>0?l[0]:l.at(-1);if(d!==void 0)return[s,d]}return null}function on(t,e){return c.selected===null?e>0:e>0?
t>c.selected:t<c.selected}var rn=150,re;function Mt(){clearTimeout(re),re=window.setTimeout(sn,rn)}function sn(){let t=c.selected===null?"":`:${c.
selected}`;try{history.replaceState(null,"",`#${c.document}${t}`)}catch{}}function se(){let[,t,e]=/^#(\d+)(?::(\d+))?$/.
exec(location.hash)??[],n=Number(t??0),o=i.documents[n];A(o?n:0),o?.marks[Number(e)]&&N(n,Number(e),{focus:!1})}function m(t){return t.toLocaleString("en-US")}function x(t,e){return`${m(t)} ${e}${t===1?"":"s"}`}function lt(t,e){let n=new Map;
for(let o of t)n.set(e(o),(n.get(e(o))??0)+1);return n}function Q(t){return t.length===1?`Page ${m(t[0])}`:`Pages ${t.map(
m).join(", ")}`}function ae(){u(".brand").append(...O(i.title));let t=i.documents.reduce((o,s)=>o+U(s),0),e=x(i.documents.length,"docume\
nt"),n=u(".summary");if(i.subtitle&&n.append(f("bdi",{},i.subtitle)," · "),n.append($?e:`${x(t,"annotation")} in ${e}`),
i.badge){let o=i.badge.good?"fine":"error";n.append(r("span",{class:`badge ${o}`},i.badge.label))}for(let o of i.notices)
u(".bar").after(f("p",{class:"notice",role:"note"},o))}function Lt(t,e){return t.style.setProperty("--hue",`var(--hue-${e.hue})`),t.style.setProperty("--line",e.pattern),t}function P(t){
return Lt(r("span",{class:"swatch","aria-hidden":"true"},t.code),t)}function ut(t){let e=t.error?"error":"fine";return r(
"span",{class:`sign ${e}`,"aria-hidden":"true"},t.sign)}function nt(t){let e=q(t);if(!e)return null;let n=e.error?"error":
"fine";return r("span",{class:`badge ${n}`,title:e.explained},r("span",{class:"sign","aria-hidden":"true"},e.sign),e.label)}
function R(t){return r("kbd",{},t)}var an=[["j","k","next, previous annotation"],...$?[ie("c","C","next, previous change")]:[],...I?[ie("e","E","next, prev\
ious error")]:[],["d","D","next, previous document"],["Enter","","read about the annotation that has the focus"],["/","",
"search; Enter goes from hit to hit"],["t","","light, dark, or as the system has it"],["Esc","","choose nothing"],["?","",
"this list"]];function ie(t,e,n){return[t,e,n]}function ft(){let t=u("#keys"),e=an.map(([o,s,a])=>[r("dt",{},R(o),s?R(s):null),r("dd",{},a)]),n=i.outcomes.map(o=>[r("d\
t",{},ut(o)),r("dd",{},r("b",{},o.label),` ${o.explained}`)]);S(t,r("h2",{id:"keys-title"},"Keys"),r("dl",{},...e),n.length>
0?[r("h2",{},"Signs"),r("dl",{},...n)]:null,r("p",{class:"note"},"A line stands for a category; its hue, its pattern and\
 its code are in the list of categories. Click again on words that carry several annotations to go through them."),cn(),
h({class:"close"},()=>t.close(),"Close")),t.showModal()}function cn(){let t=r("input",{type:"checkbox",id:"single-keys",
checked:c.keys});return t.addEventListener("change",()=>{c.keys=t.checked}),r("p",{},t,r("label",{for:"single-keys"}," S\
ingle letters act as keys"))}function ce(){let t=i.documents.map((e,n)=>r("li",{},ln(e,n)));return r("section",{class:"documents"},r("h2",{},x(i.documents.
length,"document")),r("ul",{},...t))}function ln(t,e){let n={id:`document-${e}`,class:"document","aria-current":e===c.document?
"page":null},o=U(t);return h(n,()=>A(e),f("span",{class:"name"},t.name),un(ct(t)),r("span",{class:"count",title:x(o,"ann\
otation")},m(o)))}function un(t){if(t===0)return null;let e=x(t,"problem");return r("span",{class:"warn",title:e,"aria-l\
abel":e},`! ${t}`)}function le(){if(i.layers.length<2)return null;let t=lt(p()?.marks??[],n=>n.layer),e=Ot().map(n=>({value:n,label:[fn(i.layers[n]),
i.layers[n].name],counts:[t.get(n)??0]}));return qt("Layers","layer",e)}function fn({side:t,faint:e}){return r("span",{class:`\
edge ${t}${e?" faint":""}`,"aria-hidden":"true"})}function ue(){let t=p();if(!t||i.outcomes.length===0)return null;let e=lt(
t.marks.filter(s=>Et(t,s)),s=>s.outcome),o=i.outcomes.map(s=>({value:s.name,label:[ut(s),s.label],counts:[e.get(s.name)??
0],title:s.explained})).filter(({value:s})=>e.has(s));return o.length>0?qt("Outcomes","outcome",o):null}function fe(){let t=p()?.
marks??[],e=Ot(),n=e.map(l=>lt(t.filter(d=>d.layer===l),d=>y(d))),o=i.categories.map((l,d)=>({value:d,label:[P(l),f("spa\
n",{class:"name"},l.name)],counts:n.map(g=>g.get(l)??0),title:l.definition.split(`
`)[0]})),s=e.map(l=>r("span",{},i.layers[l].name)),a=e.length>1?r("span",{class:"columns"},...s):null;return qt("Categor\
ies","category",o,a)}function qt(t,e,n,o){let s=n.map(({value:a})=>a);return r("fieldset",{class:`filter ${e}`},r("legen\
d",{},t),r("div",{class:"all"},h({id:`all-${e}`},()=>Ct(e,s,!0),"all"),h({id:`none-${e}`},()=>Ct(e,s,!1),"none"),o),...n.
map(a=>dn(e,a)))}function dn(t,{value:e,label:n,counts:o,title:s}){let a=`${t}-${e}`.replace(/[^\w-]/g,"-"),l=r("input",
{type:"checkbox",id:a,checked:!c.hidden[t].has(e)});return l.addEventListener("change",()=>Ct(t,[e],l.checked)),r("div",
{class:"choice",title:s},l,r("label",{for:a},...n),h({class:"only",id:`only-${a}`,"aria-label":"only this"},()=>pn(t,e),
"only"),...o.map(d=>r("span",{class:d>0?"count":"count zero"},m(d))))}function Ct(t,e,n){for(let o of e)n?c.hidden[t].delete(
o):c.hidden[t].add(o);v("filters")}function pn(t,e){let n={layer:[...i.layers.keys()],outcome:i.outcomes.map(o=>o.name),
category:[...i.categories.keys()]};c.hidden[t]=new Set(n[t].filter(o=>o!==e)),v("filters")}function dt(){let t=document.activeElement?.closest("#rail")?document.activeElement.id:"";S(u("#rail"),h({class:"close",
id:"close-rail"},()=>V(!1),"Close"),ce(),le(),ue(),fe(),mn()),t&&document.getElementById(t)?.focus()}function mn(){if(i.
facts.length===0)return null;let t=i.facts.flatMap(([e,n])=>[r("dt",{},e),f("dd",{},n)]);return r("details",{class:"run"},
r("summary",{},"About this run"),r("dl",{},...t))}function At(){return u("#rail").classList.contains("open")}function V(t){
At()!==t&&(u("#rail").classList.toggle("open",t),u("#open-rail").setAttribute("aria-expanded",String(t)),u(t?"#close-rai\
l":"#open-rail").focus())}var pt=200,w={texts:[],marks:[],at:-1};function Nt(){return w.texts.length+w.marks.length}function Pt(){return u("#query")}
function de(){Pt().select()}function Rt(){let t=Pt().value.trim();if(t===c.query)return;let e=c.query;c.query=t;let n=hn(
t);w.texts=n?gn(n):[],w.marks=n?yn(n):[],w.at=-1,t?c.tab="results":e&&c.tab==="results"&&(c.tab="details"),v("panel"),ot()}
function hn(t){let e=t.split(/\s+/).filter(Boolean).map(n=>n.replace(/[.*+?^${}()|[\]\\/-]/g,"\\$&"));return e.length>0?
new RegExp(e.join("\\s+"),"gi"):null}function pe(){let t=[...i.documents.keys()].filter(e=>e!==c.document);return i.documents.
length>0?[c.document,...t]:[]}function gn(t){let e=[];for(let n of pe())for(let o of Y(i.documents[n]).matchAll(t)){if(e.
length===pt)return e;e.push({document:n,start:o.index,end:o.index+o[0].length})}return e}function yn(t){let e=[];for(let n of pe())
i.documents[n].marks.forEach((o,s)=>{bn(o).search(t)>=0&&e.push({document:n,mark:s})});return e.slice(0,pt)}function bn(t){
return`${M(t)} ${D(t)} ${(t.facts??[]).flat().join(" ")}`}function It(t){let e=w.texts[t];e&&(w.at=t,e.document!==c.document&&
A(e.document,{keepPanel:!0}),tt(X(e.start,e.end)),ot(),W(`Hit ${t+1} of ${w.texts.length}`))}function ot(){if(!("highlig\
hts"in CSS))return;let t=w.texts.filter(o=>o.document===c.document),e=t.filter(o=>o===w.texts[w.at]),n=o=>o.map(s=>X(s.start,
s.end));CSS.highlights.set("hit",new Highlight(...n(t))),CSS.highlights.set("hit-now",new Highlight(...n(e)))}function me(t){
if(t.key==="Escape"&&(t.preventDefault(),Pt().value="",Rt(),u("#text").focus()),t.key!=="Enter"||w.texts.length===0)return;
t.preventDefault();let e=t.shiftKey?-1:1,n=w.at<0&&t.shiftKey?0:w.at;It((n+e+w.texts.length)%w.texts.length)}var xn={light:"M12 4V2m0 20v-2m8-8h2M2 12h2m13.7-5.7 1.4-1.4M4.9 19.1l1.4-1.4m11.4 0 1.4 1.4M4.9 4.9l1.4 1.4M12 8a4 4 0 \
1 0 0 8 4 4 0 0 0 0-8Z",dark:"M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",auto:"M12 3a9 9 0 1 0 0 18Zm0 0a9 9 0\
 0 1 0 18",previous:"m15 5-7 7 7 7",next:"m9 5 7 7-7 7"};function mt(t){let e="http://www.w3.org/2000/svg",n=document.createElementNS(
e,"svg"),o=document.createElementNS(e,"path");return n.setAttribute("viewBox","0 0 24 24"),n.setAttribute("aria-hidden",
"true"),o.setAttribute("d",xn[t]),n.append(o),n}var ht=["auto","light","dark"],he="annotate-theme";function gt(){let t=ht.findIndex(e=>e===document.documentElement.dataset.
theme);ye(ht[(t+1)%ht.length])}function ge(){ye(wn())}function ye(t){document.documentElement.dataset.theme=t;let e=u("#\
theme");e.replaceChildren(mt(t)),e.setAttribute("aria-label",`Theme: ${t}`),e.title=`Theme: ${t} (t)`;try{localStorage.setItem(
he,t)}catch{}}function wn(){try{return ht.find(t=>t===localStorage.getItem(he))??"auto"}catch{return"auto"}}var xe={j:()=>L(1),k:()=>L(-1),e:()=>L(1,B),E:()=>L(-1,B),c:()=>L(1,H),C:()=>L(-1,H),d:()=>be(1),D:()=>be(-1),"/":de,"?":ft,
t:gt,Escape:()=>At()?V(!1):oe()};var kn="input:not([type=checkbox], [type=radio]), textarea, select, dialog[open]",$n=["?","Escape"];function be(t){let e=i.
documents.length;A((c.document+t+e)%e)}var Sn=()=>!1;function we(t){let e=t.target instanceof Element?t.target:null;if(e?.closest(kn)||t.ctrlKey||t.metaKey||t.altKey||t.isComposing||
Sn(t))return;let n=e?.closest(".tag");t.key==="Enter"&&n instanceof HTMLElement?(t.preventDefault(),On(n)):vn(t.key)&&(t.
preventDefault(),xe[t.key]())}function vn(t){return!Object.hasOwn(xe,t)||i.documents.length===0&&t!=="?"?!1:c.keys||$n.includes(
t)}function On(t){N(c.document,Number(t.dataset.mark),{focus:!1,scroll:!1}),u(".subject").focus()}function ke(t){let e=t.
target,n=e.closest(".tag");if(n instanceof HTMLElement)return N(c.document,Number(n.dataset.mark),{scroll:!1});let o=e.closest(
".marked"),s=getSelection()?.isCollapsed===!1;if(!(o instanceof HTMLElement)||s)return;let a=(o.dataset.marks??"").split(
" ").map(Number).filter(d=>T(p().marks[d])),l=c.selected===null?-1:a.indexOf(c.selected);return N(c.document,a[(l+1)%a.length],
{scroll:!1})}function C(t,e,{withCategory:n=!0}={}){let o=i.documents[t],s=o.marks[e],a=j(o)[e];return h({class:"quote","aria-label":`${M(
s)}: ${a}`,"data-goto":`${t}:${e}`},()=>N(t,e),n?En(s):nt(s),f("span",{class:"said"},a.trim()),r("span",{class:"stated"},
D(s)))}function En(t){let e=y(t);return r("span",{class:"line"},P(e),r("span",{class:"name"},e.name),nt(t))}function yt(t,e){
return t===e?null:f("li",{class:"from"},i.documents[t].name)}var ve={label:"Categories",draw(){let t=[...i.documents.keys()],e=t.filter(o=>c.everywhere||o===c.document),n=i.categories.
map((o,s)=>Mn(s,e));return[t.length>1?Tn():null,...n,qn()]}};function Tn(){return r("div",{class:"scope",role:"group","a\
ria-label":"Which documents"},$e("This document",!1),$e("All documents",!0))}function $e(t,e){let n=()=>{c.everywhere=e,
v("panel")};return h({"aria-pressed":String(c.everywhere===e)},n,t)}function Mn(t,e){let n=i.categories[t],o=e.flatMap(l=>Cn(
l,t));if(o.length===0)return null;let s=r("ul",{class:"quotes"}),a=r("details",{class:"category","data-category":t},r("s\
ummary",{},P(n),f("span",{class:"name"},n.name),r("span",{class:"count"},m(o.length))),n.definition?r("p",{class:"note"},
n.definition.split(`
`)[0]):null,s);return a.addEventListener("toggle",()=>{a.open&&s.childElementCount===0&&S(s,...Ln(o))}),a}function Ln(t){
return t.flatMap(([e,n],o)=>[c.everywhere?yt(e,t[o-1]?.[0]):null,r("li",{},C(e,n,{withCategory:!1}))])}function Cn(t,e){
return i.documents[t].marks.flatMap((n,o)=>n.category===e&&n.layer===0?[[t,o]]:[])}function qn(){let t=p()?.silence;if(!t||
t.silent.length+t.open.length===0)return null;let e="Every chunk of this document was answered, and nothing of these was\
 found.",n=`No silence is claimed: ${t.why}.`;return r("section",{class:"silence"},Se("Silent",e,t.silent),Se("Not found\
, and not known to be absent",n,t.open))}function Se(t,e,n){if(n.length===0)return null;let o=n.map(s=>r("li",{},P(i.categories[s]),
f("span",{},i.categories[s].name)));return r("div",{},r("h3",{},t),r("p",{class:"note"},e),r("ul",{class:"names"},...o))}var An=new Intl.DisplayNames(["en"],{type:"language"});function Oe(t){try{return An.of(t)??t}catch{return t}}function bt({
language:t,others:e}){let n=e.map(Oe).join(", ");return t?[Oe(t),...n?[`parts in ${n}`]:[]].join(", "):n&&`parts in ${n}`}function Te(t,e){let n=Z(t,e),o=[e,...n].sort((l,d)=>d.layer-l.layer),s=Nn(o).flatMap(l=>Pn(l,o,e)),a=n.filter(l=>l.start!==
e.start||l.end!==e.end||l.category!==e.category);return[s.length>0?r("h3",{},"Attributes"):null,s.length>0?r("dl",{class:"\
attributes"},...s):null,...a.map(l=>In(t,l))]}function Nn(t){return[...new Set(t.flatMap(e=>e.attributes.map(([n])=>n)))]}
function Pn(t,e,n){let o=y(n).attributes[t],s=n.differs?.includes(t)??!1,a=e.length>1&&s?e.map(l=>Ee(l,t,k(l).name,e)):[
Ee(n,t,"",[n])];return[r("dt",{title:o?.definition},f("bdi",{},t),s?r("span",{class:"flag"},"differs"):null),r("dd",{},...a,
...Rn(t,e,o))]}function Ee(t,e,n,o){let s=jt(t,e).map(a=>{let l=o.every(d=>jt(d,e).includes(a));return f("span",{class:l?
"value":"value odd"},a)});return r("div",{class:"values"},n?r("span",{class:"whose"},n):null,s.length>0?s:r("span",{class:"\
none"},"nothing stated"))}function jt(t,e){return t.attributes.find(([n])=>n===e)?.[1]??[]}function Rn(t,e,n){if(!n)return[];
let s=[...new Set(e.flatMap(a=>jt(a,t)))].filter(a=>Object.hasOwn(n.values,a));return s.length===0?[r("p",{class:"note"},
n.definition)]:s.map(a=>r("p",{class:"note"},r("b",{},a),` ${n.values[a]}`))}function In(t,e){return r("div",{class:"oth\
er"},r("p",{class:"whose"},`${k(e).name}: ${y(e).name}`),C(c.document,t.marks.indexOf(e)))}function rt(t){let{invalid:e,ungrounded:n,requests:o}=t,s=`characters ${m(t.start)}–${m(t.end)}`;return`${[`Chunk ${t.
chunk}, ${s}: ${t.status}`,o>1?`${x(o,"answer")} used`:"",e+n>0?`${e} invalid and ${n} ungrounded annotations sent back`:
"",t.note].filter(Boolean).join("; ")}.`}function Me(t){if(t.length===0)return null;let n=r("table",{class:"ledger"},r("\
thead",{},r("tr",{},...["chunk","ended","found","answers","tokens"].map(o=>r("th",{"aria-label":o},o)))),r("tbody",{},...t.
map(jn)));return E("Chunks",n)}function jn(t){let e=[h({class:"link"},()=>et(t.chunk),String(t.chunk)),t.status,m(t.annotations),
m(t.requests),m(t.tokens)];return r("tr",{class:t.answered?"":"lost",title:rt(t)},...e.map(n=>r("td",{},n)))}function Ce(t,e){return e.evidence?E("Evidence",...e.evidence.map(n=>Dn(t,e,n))):null}var Bn={exact:"Cited letter by let\
ter.",folded:"Cited with other white space, quotes, dashes, case or Markdown marks.",fuzzy:"Cited with two neighbouring \
letters swapped inside one long word."},Hn={context:"What leads into this place was cited with the words.",unit:"Here al\
one they are a whole sentence or item.",order:"The order of the answer leaves this place.",ambiguous:"Nothing says which\
 place was meant."};function Dn(t,e,{grounding:n,cited:o,part:s,places:a,choice:l,chunk:d}){let g=e.layer===0?z(t,d):void 0;
return r("div",{class:"citation"},r("p",{},r("span",{class:`grounding ${n}`},n),` ${Bn[n]??""}`),a>1?r("p",{},r("span",{
class:`placed ${l}`},l),` These words stand at ${a} places. ${Hn[l]??""}`):null,o?Le("cited",o):null,s?Le(o?"printed":"c\
ited part",s):null,g?r("p",{class:"note"},rt(g)):null)}function Le(t,e){return r("div",{class:"labelled"},r("span",{class:"\
whose"},t),f("q",{},e))}var Fn=[];var qe={label:"Details",draw(){let t=p();if(!t)return[r("p",{class:"quiet"},"This run holds no document.")];let e=J();return e?
Kn(t,e):[Un(t)]}};function Kn(t,e){return[Wn(e),...Fn.map(n=>n()),_n(t,e),Jn(t,e),Qn(e),...Te(t,e),Ce(t,e),Vn(t,e),Yn(y(
e)),Zn(t,e)]}function Un(t){let e=`${x(U(t),"annotation")} in ${x(t.characters,"character")}.`,n=["Click a highlight, or\
 press ",R("j")," and ",R("k")];return r("div",{class:"opening"},r("p",{class:"large"},e),r("p",{},...n," to walk throug\
h them."),I&&!$&&t.report.length>0?r("p",{},R("e")," goes to the next error. Lines above the words are gold, lines below\
 are predicted."):null,r("p",{},R("/")," searches, ",R("?")," lists all keys and signs."),zn(t))}function zn(t){let e=bt(
t);return E("This document",Ae([...e?[["language",e]]:[],...t.facts]))}function Ae(t){let e=t.flatMap(([n,o])=>[f("dt",{},
n),f("dd",{},o)]);return r("dl",{class:"facts"},...e)}function Wn(t){let e=y(t);return r("h2",{class:"subject",tabindex:-1},
P(e),f("span",{class:"name"},e.name),i.layers.length>1?r("span",{class:"of"},k(t).name):null,nt(t))}function _n(t,e){let n=t.
marks.indexOf(e),o=it(t).filter(s=>s.marks?.includes(n)).map(s=>{let a=!e.evidence||(s.cited??s.marks??[]).includes(n);return r(
"span",{class:a?"words":"around"},...O(s.text))});return r("blockquote",{dir:"auto"},...o)}function Jn(t,e){let n=`chara\
cters ${m(e.start)}–${m(e.end)}`,o=e.pages?`${Q(e.pages)}, `:"";return r("p",{class:"place"},o,n," of ",f("bdi",{},t.name))}
function Qn(t){return t.claimed?r("div",{class:"warning"},"It claims to quote other words than stand at its place:",f("b\
lockquote",{},t.claimed)):null}function Vn(t,e){let n=Z(t,e).filter(s=>k(s).side==="left"),o=[e,...n].flatMap(s=>s.facts??
[]);return o.length>0?Ae(o):null}function Yn(t){if(!t.definition)return r("p",{class:"quiet"},"The schema at hand has no\
 definition of this category.");let[e,...n]=t.definition.split(`
`),o=r("details",{},r("summary",{},"All of it"),r("p",{class:"lines"},n.join(`
`).trim()));return r("section",{class:"definition"},r("h3",{},"Definition"),r("p",{},e),n.length>0?o:null)}function Zn(t,e){
let n=Z(t,e),o=t.marks.flatMap((s,a)=>{let l=s.start<e.end&&e.start<s.end,d=s!==e&&!n.includes(s);return!l||!d||!T(s)?[]:
[r("li",{},C(c.document,a))]});return o.length===0?null:E("Also on these words",r("ul",{class:"quotes"},...o))}var Pe={label:"Problems",count(){let t=p();return(t?ct(t):0)+i.unreadable.length},draw(){let{chunks:t,refused:e}=p()??{chunks:[],
refused:[]},n=t.filter(l=>!l.answered),o=[xt("Not read","These parts of the text are hatched: nothing is known about the\
m.",n.map(Xn)),xt("Refused answers","They broke the schema or quoted words that the text does not hold, and no repair co\
rrected them.",e.map(to)),xt("Unreadable inputs","",i.unreadable.map(Ne))],s=o.some(l=>l!==null),a=xt("Skipped inputs","\
They were found where the inputs lead, and are not part of this run.",i.skipped.map(Ne));return[...s?o:[Gn(t)],a,Me(t)]}};
function xt(t,e,n){return n.length===0?null:E(t,e?r("p",{class:"note"},e):null,r("ul",{class:"problems"},...n))}function Gn(t){
let e=t.length>0?`All ${x(t.length,"chunk")} of this document were answered, and no answer was refused.`:"Nothing is kno\
wn of how this text was read.";return r("p",{class:"quiet"},e)}function Xn(t){let e=f("span",{},rt(t));return r("li",{},
h({class:"problem"},()=>et(t.chunk),e))}function to(t){let{chunk:e}=t;return r("li",{class:"refused"},r("p",{},r("span",
{class:"badge error"},t.kind)," ",f("b",{},t.category||"no category")),t.quote?f("blockquote",{},t.quote):null,t.answer?
f("pre",{},t.answer):null,f("p",{class:"stated"},D(t)),r("ul",{class:"note"},...t.problems.map(n=>f("li",{},n))),e===null?
null:h({class:"link"},()=>et(e),`chunk ${e}`))}function Ne({source:t,reason:e}){return r("li",{},f("b",{},t)," ",f("span",
{},e))}var Re=4,je={label:$?"Changes":"Errors",when:()=>I,count:()=>Ie().length,draw(){let t=p()?.report??[],e=i.documents.length>
1||$?i.report:[],n=Ie().map(o=>r("li",{},C(c.document,o)));return[...[...e,...t].map(eo),t.length>0?r("h3",{},x(n.length,
$?"change":"error")):r("p",{class:"quiet"},"There is no gold for this document."),r("ul",{class:"quotes"},...n)]}};function Ie(){
let t=p();return t?F(t,$?H:B):[]}function eo({title:t,notes:e,columns:n,rows:o}){return r("section",{class:"report"},f("\
h3",{},t),...e.slice(0,Re).map(Be),no(e.slice(Re)),o.length>0?oo(n,o):null)}function Be(t){return f("p",{class:"note"},t)}
function no(t){if(t.length===0)return null;let e=r("summary",{},`${m(t.length)} more`);return r("details",{},e,...t.map(
Be))}function oo(t,e){let n=r("tr",{},...t.map(s=>r("th",{},s))),o=e.map(([s,...a])=>r("tr",{},f("th",{},s),...a.map(l=>r(
"td",{},l))));return r("table",{},r("thead",{},n),r("tbody",{},...o))}var Bt=36,De={label:"Results",when:()=>c.query!=="",count:Nt,draw(){if(Nt()===0)return[r("p",{class:"quiet"},"Nothing fo\
und.")];let{texts:t,marks:e}=w,n=i.documents.length>1;return[He("In the text",t.length,t.flatMap((o,s)=>[n?yt(o.document,
t[s-1]?.document):null,r("li",{},ro(o,s))])),He("In annotations",e.length,e.map(o=>r("li",{},C(o.document,o.mark))))]}};
function He(t,e,n){if(e===0)return null;let o=e===pt?`the first ${e}`:m(e);return E(`${t}: ${o}`,r("ul",{class:"quotes"},
...n))}function ro({document:t,start:e,end:n},o){let s=Y(i.documents[t]),a=s.slice(Math.max(0,e-Bt),e),l=s.slice(n,n+Bt);
return h({class:"quote","data-hit":o},()=>It(o),r("span",{class:"said",dir:"auto"},"…",...O(e>Bt?a.replace(/^\S*\s/,""):
a),r("mark",{},...O(s.slice(e,n))),...O(l.replace(/\s\S*$/,"")),"…"))}var wt={details:qe,index:ve,problems:Pe,report:je,results:De};function Ht(){let t=Object.keys(wt).filter(n=>wt[n].when?.()??!0);t.includes(c.tab)||(c.tab="details"),S(u(".tabs"),...t.
map(so)),u(`#tab-${c.tab}`).scrollIntoView({block:"nearest",inline:"nearest"});let e=u("#panel-body");S(e,...wt[c.tab].draw()),
e.setAttribute("aria-labelledby",`tab-${c.tab}`)}function so(t){let{label:e,count:n}=wt[t],o=t===c.tab,s=n?.()??0,a={class:"\
tab",role:"tab",id:`tab-${t}`,"aria-selected":String(o),"aria-controls":"panel-body",tabindex:o?0:-1};return h(a,()=>ao(
t),e," ",s>0?r("span",{class:"count"},m(s)):null)}function ao(t){Tt(t),u(`#tab-${t}`).focus()}function Fe(t){let e=[...u(
".tabs").children],n=e.findIndex(a=>a===document.activeElement),o={ArrowRight:1,ArrowLeft:-1}[t.key];if(n<0||o===void 0)
return;t.preventDefault();let s=e[(n+o+e.length)%e.length];s.focus(),s.click()}var kt=["left","right"];function Ke(t,e){return kt.flatMap(n=>{let o=e.filter(s=>k(t.marks[s]).side===n);return o.length>
0?[io(t,o,n)]:[]})}function io(t,e,n){let o=K(n).map(a=>{let l=e.filter(d=>t.marks[d].layer===a);return r("span",{class:"\
column"},l.map(d=>co(t,d)))}),s=r("span",{class:`tags ${n}`,"data-columns":o.length},...o);return b.groups.push({element:s,
marks:e}),s}function co(t,e){let n=t.marks[e],o=y(n),s=r("button",{type:"button",class:k(n).faint?"tag faint":"tag",tabindex:-1,
"data-mark":e,"data-name":o.name,"data-code":o.code,"data-sign":q(n)?.sign??"","data-tone":Yt(n),title:M(n),"aria-label":`${M(
n)}: ${j(t)[e]}`});return b.tags.set(e,s),Lt(s,o)}var Ue=4,lo=6;function $t(){let t=p();if(!t)return;let e=new Map([...ze(t,"left"),...ze(t,"right")]);for(let n of b.pieces)
uo(t,n,e);for(let n of b.groups)yo(t,n);for(let n of u(".sheet").querySelectorAll(".block"))bo(n);Dt()}function ze(t,e){
let n=[],o=new Map;return t.marks.forEach((s,a)=>{if(k(s).side!==e||!T(s))return;let l=n.findIndex(g=>g<=s.start),d=l<0?
n.length:l;n[d]=s.end,o.set(a,Math.min(d,lo-1))}),o}function uo(t,{element:e,marks:n},o){let s=n.filter(a=>o.has(a));e.classList.
toggle("marked",s.length>0),e.style.background=s.map(a=>mo(t.marks[a],o.get(a)??0)).join(", ");for(let a of kt)e.style.setProperty(
`--${a}`,String(po(t,s,o,a)));e.style.setProperty("--tint",fo(t,s))}function fo(t,e){let n=new Set(e.map(o=>y(t.marks[o]).
hue));return n.size===1?`var(--hue-${[...n][0]})`:"var(--soft)"}function po(t,e,n,o){let s=e.filter(a=>k(t.marks[a]).side===
o);return Math.max(0,...s.map(a=>(n.get(a)??0)+1))}function mo(t,e){let{pattern:n}=y(t),o=k(t).side==="left"?`calc((var(\
--left) - ${e+1}) * ${Ue}px)`:`calc(100% - (var(--right) - ${e+1}) * ${Ue}px)`,s=n==="double"?3:2;return`${go[n](ho(t))}\
 0 ${o} / 100% ${s}px no-repeat`}function ho(t){let e=`var(--hue-${y(t).hue})`;return k(t).faint?`color-mix(in oklab, ${e}\
 45%, var(--paper))`:e}var go={solid:t=>`linear-gradient(${t} 0 0)`,dashed:t=>`repeating-linear-gradient(90deg, ${t} 0 6\
px, #0000 6px 9px)`,dotted:t=>`repeating-linear-gradient(90deg, ${t} 0 2px, #0000 2px 5px)`,double:t=>`linear-gradient(${t}\
 0 1px, #0000 1px 2px, ${t} 2px 3px)`};function yo(t,{element:e,marks:n}){let o=n.filter(s=>T(t.marks[s]));e.hidden=o.length===
0,e.dataset.count=String(o.length);for(let s of n){let a=b.tags.get(s);a&&(a.hidden=!o.includes(s))}}function bo(t){let e=[
...t.querySelectorAll(".marked")];for(let n of kt){let o=e.map(s=>Number(s.style.getPropertyValue(`--${n}`)));t.style.setProperty(
`--most-${n}`,String(Math.max(0,...o)))}}function Dt(){let t=u(".sheet");for(let o of t.querySelectorAll(".chosen"))o.classList.
remove("chosen","cited");for(let o of t.querySelectorAll(".partner"))o.classList.remove("partner");t.querySelector(".tag\
[aria-pressed=true]")?.setAttribute("aria-pressed","false"),t.querySelector(".tag[tabindex='0']")?.setAttribute("tabinde\
x","-1");let e=p()?.marks.findIndex(o=>T(o))??-1;b.tags.get(c.selected??e)?.setAttribute("tabindex","0");let n=J();n&&c.
selected!==null&&xo(n,c.selected)}function xo(t,e){for(let{element:n,cited:o}of b.byMark.get(e)??[])n.classList.add("cho\
sen"),n.classList.toggle("cited",!t.evidence||o.includes(e)),n.style.setProperty("--chosen",`var(--hue-${y(t).hue})`);b.
tags.get(e)?.setAttribute("aria-pressed","true");for(let n of t.partners??[])b.tags.get(n)?.classList.add("partner")}function Ft(t){let e=t?p():void 0,n=e?.marks.flatMap((s,a)=>T(s)?[wo(s,j(e)[a])]:[]),o=n&&n.length>0?[r("h3",{},"Annotat\
ions"),r("ol",{},n)]:[];S(u(".printed"),o)}function We(){window.addEventListener("beforeprint",()=>Ft(!0)),window.addEventListener(
"afterprint",()=>Ft(!1)),window.matchMedia("print").addEventListener("change",({matches:t})=>Ft(t))}function wo(t,e){return r(
"li",{},r("b",{},y(t).code)," ",f("span",{},M(t)),": ",f("q",{},e.trim()),t.pages?` (${Q(t.pages).toLowerCase()})`:null,
f("div",{},D(t)))}function _e(t,e){return St(t,n=>n.around).flatMap(n=>{let o=St(n,Je).flatMap(a=>ko(a,e)),[{around:s}]=n;return s?[$o(s,o)]:
o})}function St(t,e){let n=[];for(let o of t){let s=n.at(-1);s&&e(s[0])===e(o)?s.push(o):n.push([o])}return n}function Je(t){
return t.cell?t.cell.table:t.kind==="item"?"list":""}function ko(t,e){let n=Je(t[0]);return n===""?t.flatMap(e):n==="lis\
t"?[r("div",{role:"list"},t.flatMap(e))]:[So(t,e)]}function $o(t,e){let n=r("div",{class:"label","aria-hidden":"true","d\
ata-label":t});return r("div",{class:"around",role:"group","aria-label":t},n,e)}function So(t,e){let n=St(t,o=>o.cell?.row).
map(o=>r("tr",{},St(o,s=>s.cell?.column).flatMap(s=>vo(s,o,e))));return r("div",{class:"table"},r("table",{dir:"auto"},r(
"tbody",{},n)))}function vo(t,e,n){let{before:o,rows:s,columns:a,head:l}=t[0].cell,d=e.every(vt=>vt.cell?.head),g=r(l?"t\
h":"td",{colspan:a>1&&a,rowspan:s>1&&s,scope:l&&(d?"col":"row")},t.flatMap(n));return o>0?[r("td",{colspan:o}),g]:[g]}function Kt(){let t=p(),e={open:new Set,banners:new Set};Zt();let n=u(".sheet");n.lang=t?.language??"",S(n,Oo(),t?_e(t.blocks,
o=>Eo(t,o,e)):[]),ee(n)}function Oo(){let t=e=>r("span",{class:`caption ${e}`},K(e).map(n=>r("span",{"data-label":i.layers[n].
name})));return r("div",{class:"captions","aria-hidden":"true"},t("left"),t("right"))}function Eo(t,e,n){let o=e.pieces.
find(g=>g.unread!==void 0),s=`h${Math.min(e.level+2,6)}`,a=e.kind==="item",l=a&&!e.pieces.some(g=>g.role==="marker"),d=r(
e.kind==="heading"?s:"div",{class:`block ${e.kind}${o?" unread":""}${l?" bulleted":""}`,"data-level":e.level,role:a&&"li\
stitem","aria-level":a&&e.level,lang:e.language,dir:"auto"},e.pieces.flatMap(g=>[...Mo(g,g===e.pieces[0]),...Lo(t,g,n)]));
return[...To(t,o,n),d]}function To(t,e,{banners:n}){let o=z(t,e?.unread);if(!o||n.has(o.chunk))return[];n.add(o.chunk);let s=[
o.status,o.note].filter(Boolean).join(", "),a=`Chunk ${o.chunk} was not read: ${s}`;return[r("div",{class:"banner",role:"\
note","aria-label":a,"data-label":a})]}function Mo({pages:t},e){if(!t)return[];let n=Q(t);return[r("span",{class:e?"page\
 first":"page",role:"doc-pagebreak","aria-label":n,"data-label":n})]}function Lo(t,e,n){let o=e.unread===void 0?"":" los\
t",s=e.style?` ${e.style}`:"",a=`piece ${e.role??"content"}${s}${o}`,l=r("span",{class:a},O(e.text)),d=e.marks??[],g=d.filter(
vt=>!n.open.has(vt));return n.open=new Set(d),d.length>0&&Gt({element:l,marks:d,cited:e.cited??d}),[...Ke(t,g),l]}function st(){let t=p();return t?S(u(".title"),f("h2",{class:"name"},t.name),Co(t),Ut(t,"annotation","jk"),$?Ut(t,"chang\
e","cC",H):null,I?Ut(t,"error","eE",B):null):u(".title").replaceChildren()}function Co(t){let e=bt(t);return e?r("span",
{class:"language"},e):null}function Ut(t,e,n,o){let s=F(t,o),a=c.selected===null?0:s.indexOf(c.selected)+1,l=a>0?`${m(a)}\
 of ${m(s.length)}`:x(s.length,e);return r("div",{class:`steps ${e}s`,role:"group","aria-label":`${e}s`},Qe("previous",`\
Previous ${e} (${n[1]})`,()=>L(-1,o)),r("span",{},l),Qe("next",`Next ${e} (${n[0]})`,()=>L(1,o)))}function Qe(t,e,n){return h(
{class:"step","aria-label":e,title:e},n,mt(t))}var Ve=()=>V(!1);_("document",Kt,st,dt,$t,ot,ne,Ve,Mt);_("marks",Kt,st,dt,$t,ot);_("filters",dt,$t,st,Ht);_("selection",
Dt,st,Mt);_("panel",Ht);function qo(){u(".sheet").addEventListener("click",ke),u(".tabs").addEventListener("keydown",Fe),
u("#query").addEventListener("input",Rt),u("#query").addEventListener("keydown",me),u("#theme").addEventListener("click",
gt),u("#help").addEventListener("click",ft),u("#open-rail").addEventListener("click",()=>V(!0)),u("#text").addEventListener(
"click",Ve,{capture:!0}),document.addEventListener("keydown",we),We()}document.documentElement.dataset.layers=String(i.layers.
length);$&&(c.tab="report");ge();ae();qo();se();document.documentElement.dataset.ready="true";
