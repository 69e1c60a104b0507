// Made by `make pages` from annotate/viewer/frontend
var i=JSON.parse(document.getElementById("data")?.textContent??""),Ut=new Map(i.outcomes.map(t=>[t.name,t])),L=Ut.size>0,
$=i.outcomes.some(t=>t.change);function A(t){return Ut.get(t.outcome??"")}function y(t){return i.categories[t.category]}
function k(t){return i.layers[t.layer]}function K(t){return[...i.layers.keys()].filter(n=>i.layers[n].side===t).sort((n,o)=>i.
layers[n].column-i.layers[o].column)}function $t(){return[...K("left"),...K("right")]}function vt(t){let e=new WeakMap;return n=>{let o=e.get(n);if(o!==void 0)return o;let s=t(n);return e.set(n,s),s}}var rt=vt(
t=>t.blocks.flatMap(e=>e.pieces)),U=vt(t=>rt(t).map(e=>e.text).join("")),B=vt(t=>{let e=t.marks.map(()=>[]);for(let n of rt(
t))for(let o of n.marks??[])e[o].push(n.text);return e.map(n=>n.join(""))});function z(t){return t.marks.filter(e=>e.layer===
0).length}function st(t){return t.refused.length+t.chunks.filter(e=>!e.answered).length}function J(t,e){return t?.chunks.
find(n=>n.chunk===e)}var Ve=/^(class|id|for|type|role|title|hidden|open|checked|name|value|dir|tabindex|lang|colspan|rowspan|scope|data-[a-z]+|aria-[a-z]+)$/;
function r(t,e={},...n){let o=document.createElement(t);for(let[s,a]of Object.entries(e))a!==!1&&a!==null&&a!==void 0&&Ye(
o,s,a);return o.append(...Jt(n)),o}function Ye(t,e,n){if(!Ve.test(e))throw new Error(`a page does not set the attribute ${e}`);
t.setAttribute(e,n===!0?"":String(n))}function Jt(t){return t.flat().filter(e=>e!=null)}function v(t,...e){t.replaceChildren(
...Jt(e))}function h(t,e,...n){let o=r("button",{type:"button",...t},...n);return o.addEventListener("click",e),o}function u(t){
let e=document.querySelector(t);if(!(e instanceof HTMLElement))throw new Error(`the page has no ${t}`);return e}var zt=/([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069])/;
function O(t){return t.split(zt).filter(e=>e!=="").map(e=>zt.test(e)?Ze(e):document.createTextNode(e))}function Ze(t){let e=t.
charCodeAt(0).toString(16).toUpperCase().padStart(4,"0");return r("span",{class:"control","data-label":`U+${e}`},t)}function f(t,e,n){
return r(t,{dir:"auto",...e},...O(n))}function E(t,...e){return r("section",{},r("h3",{},t),...e)}function W(t){u(".spok\
en").textContent=t}var c={document:0,selected:null,tab:"details",everywhere:!1,query:"",keys:!0,hidden:{category:new Set,outcome:new Set,layer:new Set}},
Wt={};function Y(t,...e){Wt[t]=e}function S(t){for(let e of Wt[t]??[])e()}function m(){return i.documents[c.document]}function _(){
return c.selected===null?void 0:m()?.marks[c.selected]}function T(t){let{category:e,outcome:n,layer:o}=c.hidden;return!e.has(t.category)&&!n.has(t.outcome)&&!o.has(t.layer)}function _t(t){
let{category:e,outcome:n,layer:o}=c.hidden;return[e.delete(t.category),n.delete(t.outcome),o.delete(t.layer)].includes(!0)}
function St(t,e){return!e.partners?.some(n=>t.marks[n].layer<e.layer)}function I(t){return!!A(t)?.error}function H(t){return!!A(
t)?.change}function F(t,e=()=>!0){return[...t.marks.keys()].filter(n=>{let o=t.marks[n];return T(o)&&St(t,o)&&e(o)})}function Z(t,e){
return(e.partners??[]).map(n=>t.marks[n])}function Qt(t){return A(t)?I(t)?"error":H(t)?"good":"calm":""}function M(t){let e=A(
t),n=i.layers.length>1?[k(t).name]:[];return[y(t).name,...n,...e?[e.label]:[]].join(", ")}function D({attributes:t}){return t.
filter(([,e])=>e.length>0).map(([e,n])=>`${e} ${n.join(", ")}`).join(" · ")}var b={pieces:[],byMark:new Map,tags:new Map,groups:[]};function Vt(){b.pieces=[],b.byMark=new Map,b.tags=new Map,b.groups=
[]}function Yt(t){t.element.dataset.marks=t.marks.join(" "),b.pieces.push(t);for(let e of t.marks){let n=b.byMark.get(e);
n?n.push(t):b.byMark.set(e,[t])}}function Zt(t){let e=b.byMark.get(t)?.map(n=>n.element)??[];return e.find(n=>n.getClientRects().
length>0)??e[0]}var G=[];function Xt(t){let e=document.createTreeWalker(t,NodeFilter.SHOW_TEXT);G=[];let n=0;for(;e.nextNode();){let o=e.
currentNode;G.push({node:o,start:n}),n+=o.length}}function X(t,e){let n=document.createRange(),o=Gt(t),s=Gt(e-1);return n.
setStart(o.node,t-o.start),n.setEnd(s.node,e-s.start),n}function Gt(t){let e=0,n=G.length-1;for(;e<n;){let o=Math.ceil((e+
n)/2);G[o].start<=t?e=o:n=o-1}return G[e]}function tt(t){if(!t)return;let e=t instanceof Range?t.startContainer.parentElement:t,o=(t.getClientRects().length>0?t:e?.
closest(".block")??t).getBoundingClientRect();Ge(e?.closest(".table"),o);let s=u("#text"),a=getComputedStyle(s).overflowY===
"auto",l=a?s.getBoundingClientRect():{top:0,height:innerHeight},d=o.top-l.top-l.height/2+Math.min(o.height,l.height/2)/2;
(a?s:window).scrollBy({top:d,behavior:"instant"})}function Ge(t,e){if(!t)return;let n=t.getBoundingClientRect();(e.left<
n.left||e.right>n.right)&&(t.scrollLeft+=e.left-n.left-Math.max(0,n.width-e.width)/2)}function te(){u("#text").scrollTop=
0}function N(t,{keepPanel:e=!1}={}){c.document=t,c.selected=null,S("document"),e||S("panel")}function P(t,e,{focus:n=!0,scroll:o=!0}={}){
t!==c.document&&N(t,{keepPanel:!0}),c.selected=e;let s=_();s&&_t(s)&&S("filters"),S("selection"),Ot("details"),o&&tt(Zt(
e)),n&&b.tags.get(e)?.focus({preventScroll:!0})}function ee(){c.selected=null,S("selection"),S("panel")}function Ot(t){c.
tab=t,S("panel"),u("#panel-body").scrollTop=0}function et(t){let e=m(),n=J(e,t);if(!e||!n)return;let o=[...U(e)].slice(0,
n.start).join("").length;tt(X(o,o+1)),W(`Chunk ${t}`)}function C(t,e=()=>!0){let n=Xe(t,e);if(!n)return W("There is none\
.");let[o,s]=n;P(o,s);let a=i.documents[o],l=F(a,e),d=`${l.indexOf(s)+1} of ${l.length}`;return W(`${d}. ${M(a.marks[s])}\
: ${B(a)[s]}`)}function Xe(t,e){let n=i.documents.length;for(let o=0;o<=n;o+=1){let s=(c.document+t*o+2*n*(o+1))%n,a=F(i.
documents[s],e),l=o>0?a:a.filter(g=>tn(g,t)),d=t>0?l[0]:l.at(-1);if(d!==void 0)return[s,d]}return null}function tn(t,e){
return c.selected===null?e>0:e>0?t>c.selected:t<c.selected}var en=150,ne;function Et(){clearTimeout(ne),ne=window.setTimeout(nn,en)}function nn(){let t=c.selected===null?"":`:${c.
selected}`;try{history.replaceState(null,"",`#${c.document}${t}`)}catch{}}function oe(){let[,t,e]=/^#(\d+)(?::(\d+))?$/.
exec(location.hash)??[],n=Number(t??0),o=i.documents[n];N(o?n:0),o?.marks[Number(e)]&&P(n,Number(e),{focus:!1})}function p(t){return t.toLocaleString("en-US")}function w(t,e){return`${p(t)} ${e}${t===1?"":"s"}`}function at(t,e){let n=new Map;
for(let o of t)n.set(e(o),(n.get(e(o))??0)+1);return n}function Q(t){return t.length===1?`Page ${p(t[0])}`:`Pages ${t.map(
p).join(", ")}`}function re(){u(".brand").append(...O(i.title));let t=i.documents.reduce((o,s)=>o+z(s),0),e=w(i.documents.length,"docume\
nt"),n=u(".summary");if(i.subtitle&&n.append(f("bdi",{},i.subtitle)," · "),n.append($?e:`${w(t,"annotation")} in ${e}`),
i.badge){let o=i.badge.good?"fine":"error";n.append(r("span",{class:`badge ${o}`},i.badge.label))}for(let o of i.notices)
u(".bar").after(f("p",{class:"notice",role:"note"},o))}function Tt(t,e){return t.style.setProperty("--hue",`var(--hue-${e.hue})`),t.style.setProperty("--line",e.pattern),t}function R(t){
return Tt(r("span",{class:"swatch","aria-hidden":"true"},t.code),t)}function it(t){let e=t.error?"error":"fine";return r(
"span",{class:`sign ${e}`,"aria-hidden":"true"},t.sign)}function nt(t){let e=A(t);if(!e)return null;let n=e.error?"error":
"fine";return r("span",{class:`badge ${n}`,title:e.explained},r("span",{class:"sign","aria-hidden":"true"},e.sign),e.label)}
function j(t){return r("kbd",{},t)}var on=[["j","k","next, previous annotation"],...$?[se("c","C","next, previous change")]:[],...L?[se("e","E","next, prev\
ious error")]:[],["d","D","next, previous document"],["Enter","","read about the annotation that has the focus"],["/","",
"search; Enter goes from hit to hit"],["t","","light, dark, or as the system has it"],["Esc","","choose nothing"],["?","",
"this list"]];function se(t,e,n){return[t,e,n]}function ct(){let t=u("#keys"),e=on.map(([o,s,a])=>[r("dt",{},j(o),s?j(s):
null),r("dd",{},a)]),n=i.outcomes.map(o=>[r("dt",{},it(o)),r("dd",{},r("b",{},o.label),` ${o.explained}`)]);v(t,r("h2",{
id:"keys-title"},"Keys"),r("dl",{},...e),n.length>0?[r("h2",{},"Signs"),r("dl",{},...n)]:null,r("p",{class:"note"},"A li\
ne stands for a category; its hue, its pattern and its code are in the list of categories. Click again on words that car\
ry several annotations to go through them."),rn(),h({class:"close"},()=>t.close(),"Close")),t.showModal()}function rn(){
let t=r("input",{type:"checkbox",id:"single-keys",checked:c.keys});return t.addEventListener("change",()=>{c.keys=t.checked}),
r("p",{},t,r("label",{for:"single-keys"}," Single letters act as keys"))}function ae(){let t=i.documents.map((e,n)=>r("li",{},sn(e,n)));return r("section",{class:"documents"},r("h2",{},w(i.documents.
length,"document")),r("ul",{},...t))}function sn(t,e){let n={id:`document-${e}`,class:"document","aria-current":e===c.document?
"page":null},o=z(t);return h(n,()=>N(e),f("span",{class:"name"},t.name),an(st(t)),r("span",{class:"count",title:w(o,"ann\
otation")},p(o)))}function an(t){if(t===0)return null;let e=w(t,"problem");return r("span",{class:"warn",title:e,"aria-l\
abel":e},`! ${t}`)}function ie(){if(i.layers.length<2)return null;let t=at(m()?.marks??[],n=>n.layer),e=$t().map(n=>({value:n,label:[cn(i.layers[n]),
i.layers[n].name],counts:[t.get(n)??0]}));return Lt("Layers","layer",e)}function cn({side:t,faint:e}){return r("span",{class:`\
edge ${t}${e?" faint":""}`,"aria-hidden":"true"})}function ce(){let t=m();if(!t||!L)return null;let e=at(t.marks.filter(
s=>St(t,s)),s=>s.outcome),o=i.outcomes.map(s=>({value:s.name,label:[it(s),s.label],counts:[e.get(s.name)??0],title:s.explained})).
filter(({value:s})=>e.has(s));return o.length>0?Lt("Outcomes","outcome",o):null}function le(){let t=m()?.marks??[],e=$t(),
n=e.map(l=>at(t.filter(d=>d.layer===l),d=>y(d))),o=i.categories.map((l,d)=>({value:d,label:[R(l),f("span",{class:"name"},
l.name)],counts:n.map(g=>g.get(l)??0),title:l.definition.split(`
`)[0]})),s=e.map(l=>r("span",{},i.layers[l].name)),a=e.length>1?r("span",{class:"columns"},...s):null;return Lt("Categor\
ies","category",o,a)}function Lt(t,e,n,o){let s=n.map(({value:a})=>a);return r("fieldset",{class:`filter ${e}`},r("legen\
d",{},t),r("div",{class:"all"},h({id:`all-${e}`},()=>Mt(e,s,!0),"all"),h({id:`none-${e}`},()=>Mt(e,s,!1),"none"),o),...n.
map(a=>ln(e,a)))}function ln(t,{value:e,label:n,counts:o,title:s}){let a=`${t}-${e}`.replace(/[^\w-]/g,"-"),l=r("input",
{type:"checkbox",id:a,checked:!c.hidden[t].has(e)});return l.addEventListener("change",()=>Mt(t,[e],l.checked)),r("div",
{class:"choice",title:s},l,r("label",{for:a},...n),h({class:"only",id:`only-${a}`,"aria-label":"only this"},()=>un(t,e),
"only"),...o.map(d=>r("span",{class:d>0?"count":"count zero"},p(d))))}function Mt(t,e,n){for(let o of e)n?c.hidden[t].delete(
o):c.hidden[t].add(o);S("filters")}function un(t,e){let n={layer:[...i.layers.keys()],outcome:i.outcomes.map(o=>o.name),
category:[...i.categories.keys()]};c.hidden[t]=new Set(n[t].filter(o=>o!==e)),S("filters")}function Ct(){let t=document.activeElement?.closest("#rail")?document.activeElement.id:"";v(u("#rail"),h({class:"close",
id:"close-rail"},()=>V(!1),"Close"),ae(),ie(),ce(),le(),fn()),t&&document.getElementById(t)?.focus()}function fn(){if(i.
facts.length===0)return null;let t=i.facts.flatMap(([e,n])=>[r("dt",{},e),f("dd",{},n)]);return r("details",{class:"run"},
r("summary",{},"About this run"),r("dl",{},...t))}function qt(){return u("#rail").classList.contains("open")}function V(t){
qt()!==t&&(u("#rail").classList.toggle("open",t),u("#open-rail").setAttribute("aria-expanded",String(t)),u(t?"#close-rai\
l":"#open-rail").focus())}var lt=200,x={texts:[],marks:[],at:-1};function At(){return x.texts.length+x.marks.length}function Nt(){return u("#query")}
function ue(){Nt().select()}function Pt(){let t=Nt().value.trim();if(t===c.query)return;let e=c.query;c.query=t;let n=dn(
t);x.texts=n?mn(n):[],x.marks=n?pn(n):[],x.at=-1,t?c.tab="results":e&&c.tab==="results"&&(c.tab="details"),S("panel"),ut()}
function dn(t){let e=t.split(/\s+/).filter(Boolean).map(n=>n.replace(/[.*+?^${}()|[\]\\/-]/g,"\\$&"));return e.length>0?
new RegExp(e.join("\\s+"),"gi"):null}function fe(){let t=[...i.documents.keys()].filter(e=>e!==c.document);return i.documents.
length>0?[c.document,...t]:[]}function mn(t){let e=[];for(let n of fe())for(let o of U(i.documents[n]).matchAll(t)){if(e.
length===lt)return e;e.push({document:n,start:o.index,end:o.index+o[0].length})}return e}function pn(t){let e=[];for(let n of fe())
i.documents[n].marks.forEach((o,s)=>{hn(o).search(t)>=0&&e.push({document:n,mark:s})});return e.slice(0,lt)}function hn(t){
return`${M(t)} ${D(t)} ${(t.facts??[]).flat().join(" ")}`}function Rt(t){let e=x.texts[t];e&&(x.at=t,e.document!==c.document&&
N(e.document,{keepPanel:!0}),tt(X(e.start,e.end)),ut(),W(`Hit ${t+1} of ${x.texts.length}`))}function ut(){if(!("highlig\
hts"in CSS))return;let t=x.texts.filter(o=>o.document===c.document),e=t.filter(o=>o===x.texts[x.at]),n=o=>o.map(s=>X(s.start,
s.end));CSS.highlights.set("hit",new Highlight(...n(t))),CSS.highlights.set("hit-now",new Highlight(...n(e)))}function de(t){
if(t.key==="Escape"&&(t.preventDefault(),Nt().value="",Pt(),u("#text").focus()),t.key!=="Enter"||x.texts.length===0)return;
t.preventDefault();let e=t.shiftKey?-1:1,n=x.at<0&&t.shiftKey?0:x.at;Rt((n+e+x.texts.length)%x.texts.length)}var gn={light:"M12 4V2m0 20v-2m8-8h2M2 12h2m13.7-5.7 1.4-1.4M4.9 19.1l1.4-1.4m11.4 0 1.4 1.4M4.9 4.9l1.4 1.4M12 8a4 4 0 \
1 0 0 8 4 4 0 0 0 0-8Z",dark:"M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",auto:"M12 3a9 9 0 1 0 0 18Zm0 0a9 9 0\
 0 1 0 18",previous:"m15 5-7 7 7 7",next:"m9 5 7 7-7 7"};function ft(t){let e="http://www.w3.org/2000/svg",n=document.createElementNS(
e,"svg"),o=document.createElementNS(e,"path");return n.setAttribute("viewBox","0 0 24 24"),n.setAttribute("aria-hidden",
"true"),o.setAttribute("d",gn[t]),n.append(o),n}var dt=["auto","light","dark"],me="annotate-theme";function mt(){let t=dt.findIndex(e=>e===document.documentElement.dataset.
theme);he(dt[(t+1)%dt.length])}function pe(){he(yn())}function he(t){document.documentElement.dataset.theme=t;let e=u("#\
theme");e.replaceChildren(ft(t)),e.setAttribute("aria-label",`Theme: ${t}`),e.title=`Theme: ${t} (t)`;try{localStorage.setItem(
me,t)}catch{}}function yn(){try{return dt.find(t=>t===localStorage.getItem(me))??"auto"}catch{return"auto"}}var ye={j:()=>C(1),k:()=>C(-1),e:()=>C(1,I),E:()=>C(-1,I),c:()=>C(1,H),C:()=>C(-1,H),d:()=>ge(1),D:()=>ge(-1),"/":ue,"?":ct,
t:mt,Escape:()=>qt()?V(!1):ee()},bn=["?","Escape"];function ge(t){let e=i.documents.length;N((c.document+t+e)%e)}function be(t){
let e=t.target instanceof Element?t.target:null;if(e?.closest("input:not([type=checkbox]), dialog[open]")||t.ctrlKey||t.
metaKey||t.altKey||t.isComposing)return;let n=e?.closest(".tag");t.key==="Enter"&&n instanceof HTMLElement?(t.preventDefault(),
xn(n)):wn(t.key)&&(t.preventDefault(),ye[t.key]())}function wn(t){return!Object.hasOwn(ye,t)||i.documents.length===0&&t!==
"?"?!1:c.keys||bn.includes(t)}function xn(t){P(c.document,Number(t.dataset.mark),{focus:!1,scroll:!1}),u(".subject").focus()}
function we(t){let e=t.target,n=e.closest(".tag");if(n instanceof HTMLElement)return P(c.document,Number(n.dataset.mark),
{scroll:!1});let o=e.closest(".marked"),s=getSelection()?.isCollapsed===!1;if(!(o instanceof HTMLElement)||s)return;let a=(o.
dataset.marks??"").split(" ").map(Number).filter(d=>T(m().marks[d])),l=c.selected===null?-1:a.indexOf(c.selected);return P(
c.document,a[(l+1)%a.length],{scroll:!1})}function q(t,e,{withCategory:n=!0}={}){let o=i.documents[t],s=o.marks[e],a=B(o)[e];return h({class:"quote","aria-label":`${M(
s)}: ${a}`,"data-goto":`${t}:${e}`},()=>P(t,e),n?kn(s):nt(s),f("span",{class:"said"},a.trim()),r("span",{class:"stated"},
D(s)))}function kn(t){let e=y(t);return r("span",{class:"line"},R(e),r("span",{class:"name"},e.name),nt(t))}function pt(t,e){
return t===e?null:f("li",{class:"from"},i.documents[t].name)}var $e={label:"Categories",draw(){let t=[...i.documents.keys()],e=c.everywhere?t:[c.document],n=i.categories.map((o,s)=>vn(
s,e));return[t.length>1?$n():null,...n,En()]}};function $n(){return r("div",{class:"scope",role:"group","aria-label":"Wh\
ich documents"},xe("This document",!1),xe("All documents",!0))}function xe(t,e){let n=()=>{c.everywhere=e,S("panel")};return h(
{"aria-pressed":String(c.everywhere===e)},n,t)}function vn(t,e){let n=i.categories[t],o=e.flatMap(l=>On(l,t));if(o.length===
0)return null;let s=r("ul",{class:"quotes"}),a=r("details",{class:"category","data-category":t},r("summary",{},R(n),f("s\
pan",{class:"name"},n.name),r("span",{class:"count"},p(o.length))),n.definition?r("p",{class:"note"},n.definition.split(
`
`)[0]):null,s);return a.addEventListener("toggle",()=>{a.open&&s.childElementCount===0&&v(s,...Sn(o))}),a}function Sn(t){
return t.flatMap(([e,n],o)=>[c.everywhere?pt(e,t[o-1]?.[0]):null,r("li",{},q(e,n,{withCategory:!1}))])}function On(t,e){
return i.documents[t].marks.flatMap((n,o)=>n.category===e&&n.layer===0?[[t,o]]:[])}function En(){let t=m()?.silence;if(!t||
t.silent.length+t.open.length===0)return null;let e="Every chunk of this document was answered, and nothing of these was\
 found.",n=`No silence is claimed: ${t.why}.`;return r("section",{class:"silence"},ke("Silent",e,t.silent),ke("Not found\
, and not known to be absent",n,t.open))}function ke(t,e,n){if(n.length===0)return null;let o=n.map(s=>r("li",{},R(i.categories[s]),
f("span",{},i.categories[s].name)));return r("div",{},r("h3",{},t),r("p",{class:"note"},e),r("ul",{class:"names"},...o))}var Tn=new Intl.DisplayNames(["en"],{type:"language"});function ve(t){try{return Tn.of(t)??t}catch{return t}}function ht({
language:t,others:e}){let n=e.map(ve).join(", ");return t?[ve(t),...n?[`parts in ${n}`]:[]].join(", "):n&&`parts in ${n}`}function Oe(t,e){let n=Z(t,e),o=[e,...n].sort((l,d)=>d.layer-l.layer),s=Mn(o).flatMap(l=>Ln(l,o,e)),a=n.filter(l=>l.start!==
e.start||l.end!==e.end||l.category!==e.category);return[s.length>0?r("h3",{},"Attributes"):null,s.length>0?r("dl",{class:"\
attributes"},...s):null,...a.map(l=>qn(t,l))]}function Mn(t){return[...new Set(t.flatMap(e=>e.attributes.map(([n])=>n)))]}
function Ln(t,e,n){let o=y(n).attributes[t],s=n.differs?.includes(t)??!1,a=e.length>1&&s?e.map(l=>Se(l,t,k(l).name,e)):[
Se(n,t,"",[n])];return[r("dt",{title:o?.definition},f("bdi",{},t),s?r("span",{class:"flag"},"differs"):null),r("dd",{},...a,
...Cn(t,e,o))]}function Se(t,e,n,o){let s=jt(t,e).map(a=>{let l=o.every(d=>jt(d,e).includes(a));return f("span",{class:l?
"value":"value odd"},a)});return r("div",{class:"values"},n?r("span",{class:"whose"},n):null,s.length>0?s:r("span",{class:"\
none"},"nothing stated"))}function jt(t,e){return t.attributes.find(([n])=>n===e)?.[1]??[]}function Cn(t,e,n){if(!n)return[];
let s=[...new Set(e.flatMap(a=>jt(a,t)))].filter(a=>Object.hasOwn(n.values,a));return s.length===0?[r("p",{class:"note"},
n.definition)]:s.map(a=>r("p",{class:"note"},r("b",{},a),` ${n.values[a]}`))}function qn(t,e){return r("div",{class:"oth\
er"},r("p",{class:"whose"},`${k(e).name}: ${y(e).name}`),q(c.document,t.marks.indexOf(e)))}function ot(t){let{invalid:e,ungrounded:n,requests:o}=t,s=`characters ${p(t.start)}–${p(t.end)}`;return`${[`Chunk ${t.
chunk}, ${s}: ${t.status}`,o>1?`${w(o,"answer")} used`:"",e+n>0?`${e} invalid and ${n} ungrounded annotations sent back`:
"",t.note].filter(Boolean).join("; ")}.`}function Ee(t){if(t.length===0)return null;let n=r("table",{class:"ledger"},r("\
thead",{},r("tr",{},...["chunk","ended","found","answers","tokens"].map(o=>r("th",{"aria-label":o},o)))),r("tbody",{},...t.
map(An)));return E("Chunks",n)}function An(t){let e=[h({class:"link"},()=>et(t.chunk),String(t.chunk)),t.status,p(t.annotations),
p(t.requests),p(t.tokens)];return r("tr",{class:t.answered?"":"lost",title:ot(t)},...e.map(n=>r("td",{},n)))}function Me(t,e){return e.evidence?E("Evidence",...e.evidence.map(n=>Rn(t,e,n))):null}var Nn={exact:"Cited letter by let\
ter.",folded:"Cited with other white space, quotes, dashes, case or Markdown marks.",fuzzy:"Cited with two neighbouring \
letters swapped inside one long word."},Pn={context:"What leads into this place was cited with the words.",unit:"Here al\
one they are a whole sentence or item.",order:"The order of the answer leaves this place.",ambiguous:"Nothing says which\
 place was meant."};function Rn(t,e,{grounding:n,cited:o,part:s,places:a,choice:l,chunk:d}){let g=e.layer===0?J(t,d):void 0;
return r("div",{class:"citation"},r("p",{},r("span",{class:`grounding ${n}`},n),` ${Nn[n]??""}`),a>1?r("p",{},r("span",{
class:`placed ${l}`},l),` These words stand at ${a} places. ${Pn[l]??""}`):null,o?Te("cited",o):null,s?Te(o?"printed":"c\
ited part",s):null,g?r("p",{class:"note"},ot(g)):null)}function Te(t,e){return r("div",{class:"labelled"},r("span",{class:"\
whose"},t),f("q",{},e))}var Le={label:"Details",draw(){let t=m();if(!t)return[r("p",{class:"quiet"},"This run holds no document.")];let e=_();return e?
jn(t,e):[Bn(t)]}};function jn(t,e){return[Hn(e),Dn(t,e),Fn(t,e),Kn(e),...Oe(t,e),Me(t,e),Un(t,e),zn(y(e)),Jn(t,e)]}function Bn(t){
let e=`${w(z(t),"annotation")} in ${w(t.characters,"character")}.`,n=["Click a highlight, or press ",j("j")," and ",j("k")];
return r("div",{class:"opening"},r("p",{class:"large"},e),r("p",{},...n," to walk through them."),L&&!$&&t.report.length>
0?r("p",{},j("e")," goes to the next error. Lines above the words are gold, lines below are predicted."):null,r("p",{},j(
"/")," searches, ",j("?")," lists all keys and signs."),In(t))}function In(t){let e=ht(t);return E("This document",Ce([...e?
[["language",e]]:[],...t.facts]))}function Ce(t){let e=t.flatMap(([n,o])=>[f("dt",{},n),f("dd",{},o)]);return r("dl",{class:"\
facts"},...e)}function Hn(t){let e=y(t);return r("h2",{class:"subject",tabindex:-1},R(e),f("span",{class:"name"},e.name),
i.layers.length>1?r("span",{class:"of"},k(t).name):null,nt(t))}function Dn(t,e){let n=t.marks.indexOf(e),o=rt(t).filter(
s=>s.marks?.includes(n)).map(s=>{let a=!e.evidence||(s.cited??s.marks??[]).includes(n);return r("span",{class:a?"words":
"around"},...O(s.text))});return r("blockquote",{dir:"auto"},...o)}function Fn(t,e){let n=`characters ${p(e.start)}–${p(
e.end)}`,o=e.pages?`${Q(e.pages)}, `:"";return r("p",{class:"place"},o,n," of ",f("bdi",{},t.name))}function Kn(t){return t.
claimed?r("div",{class:"warning"},"It claims to quote other words than stand at its place:",f("blockquote",{},t.claimed)):
null}function Un(t,e){let n=Z(t,e).filter(s=>k(s).side==="left"),o=[e,...n].flatMap(s=>s.facts??[]);return o.length>0?Ce(
o):null}function zn(t){if(!t.definition)return r("p",{class:"quiet"},"The schema at hand has no definition of this categ\
ory.");let[e,...n]=t.definition.split(`
`),o=r("details",{},r("summary",{},"All of it"),r("p",{class:"lines"},n.join(`
`).trim()));return r("section",{class:"definition"},r("h3",{},"Definition"),r("p",{},e),n.length>0?o:null)}function Jn(t,e){
let n=Z(t,e),o=t.marks.flatMap((s,a)=>{let l=s.start<e.end&&e.start<s.end,d=s!==e&&!n.includes(s);return!l||!d||!T(s)?[]:
[r("li",{},q(c.document,a))]});return o.length===0?null:E("Also on these words",r("ul",{class:"quotes"},...o))}var Ae={label:"Problems",count(){let t=m();return(t?st(t):0)+i.unreadable.length},draw(){let{chunks:t,refused:e}=m()??{chunks:[],
refused:[]},n=t.filter(l=>!l.answered),o=[gt("Not read","These parts of the text are hatched: nothing is known about the\
m.",n.map(_n)),gt("Refused answers","They broke the schema or quoted words that the text does not hold, and no repair co\
rrected them.",e.map(Qn)),gt("Unreadable inputs","",i.unreadable.map(qe))],s=o.some(l=>l!==null),a=gt("Skipped inputs","\
They were found where the inputs lead, and are not part of this run.",i.skipped.map(qe));return[...s?o:[Wn(t)],a,Ee(t)]}};
function gt(t,e,n){return n.length===0?null:E(t,e?r("p",{class:"note"},e):null,r("ul",{class:"problems"},...n))}function Wn(t){
let e=t.length>0?`All ${w(t.length,"chunk")} of this document were answered, and no answer was refused.`:"Nothing is kno\
wn of how this text was read.";return r("p",{class:"quiet"},e)}function _n(t){let e=f("span",{},ot(t));return r("li",{},
h({class:"problem"},()=>et(t.chunk),e))}function Qn(t){let{chunk:e}=t;return r("li",{class:"refused"},r("p",{},r("span",
{class:"badge error"},t.kind)," ",f("b",{},t.category||"no category")),t.quote?f("blockquote",{},t.quote):null,t.answer?
f("pre",{},t.answer):null,f("p",{class:"stated"},D(t)),r("ul",{class:"note"},...t.problems.map(n=>f("li",{},n))),e===null?
null:h({class:"link"},()=>et(e),`chunk ${e}`))}function qe({source:t,reason:e}){return r("li",{},f("b",{},t)," ",f("span",
{},e))}var Ne=4,Re={label:$?"Changes":"Errors",when:()=>L,count:()=>Pe().length,draw(){let t=m()?.report??[],e=i.documents.length>
1||$?i.report:[],n=Pe().map(o=>r("li",{},q(c.document,o)));return[...[...e,...t].map(Vn),t.length>0?r("h3",{},w(n.length,
$?"change":"error")):r("p",{class:"quiet"},"There is no gold for this document."),r("ul",{class:"quotes"},...n)]}};function Pe(){
let t=m();return t?F(t,$?H:I):[]}function Vn({title:t,notes:e,columns:n,rows:o}){return r("section",{class:"report"},f("\
h3",{},t),...e.slice(0,Ne).map(je),Yn(e.slice(Ne)),o.length>0?Zn(n,o):null)}function je(t){return f("p",{class:"note"},t)}
function Yn(t){if(t.length===0)return null;let e=r("summary",{},`${p(t.length)} more`);return r("details",{},e,...t.map(
je))}function Zn(t,e){let n=r("tr",{},...t.map(s=>r("th",{},s))),o=e.map(([s,...a])=>r("tr",{},f("th",{},s),...a.map(l=>r(
"td",{},l))));return r("table",{},r("thead",{},n),r("tbody",{},...o))}var Bt=36,Ie={label:"Results",when:()=>c.query!=="",count:At,draw(){if(At()===0)return[r("p",{class:"quiet"},"Nothing fo\
und.")];let{texts:t,marks:e}=x,n=i.documents.length>1;return[Be("In the text",t.length,t.flatMap((o,s)=>[n?pt(o.document,
t[s-1]?.document):null,r("li",{},Gn(o,s))])),Be("In annotations",e.length,e.map(o=>r("li",{},q(o.document,o.mark))))]}};
function Be(t,e,n){if(e===0)return null;let o=e===lt?`the first ${e}`:p(e);return E(`${t}: ${o}`,r("ul",{class:"quotes"},
...n))}function Gn({document:t,start:e,end:n},o){let s=U(i.documents[t]),a=s.slice(Math.max(0,e-Bt),e),l=s.slice(n,n+Bt);
return h({class:"quote","data-hit":o},()=>Rt(o),r("span",{class:"said",dir:"auto"},"…",...O(e>Bt?a.replace(/^\S*\s/,""):
a),r("mark",{},...O(s.slice(e,n))),...O(l.replace(/\s\S*$/,"")),"…"))}var yt={details:Le,index:$e,problems:Ae,report:Re,results:Ie};function It(){let t=Object.keys(yt).filter(n=>yt[n].when?.()??
!0);t.includes(c.tab)||(c.tab="details"),v(u(".tabs"),...t.map(Xn)),u(`#tab-${c.tab}`).scrollIntoView({block:"nearest",inline:"\
nearest"});let e=u("#panel-body");v(e,...yt[c.tab].draw()),e.setAttribute("aria-labelledby",`tab-${c.tab}`)}function Xn(t){
let{label:e,count:n}=yt[t],o=t===c.tab,s=n?.()??0,a={class:"tab",role:"tab",id:`tab-${t}`,"aria-selected":String(o),"ari\
a-controls":"panel-body",tabindex:o?0:-1};return h(a,()=>to(t),e," ",s>0?r("span",{class:"count"},p(s)):null)}function to(t){
Ot(t),u(`#tab-${t}`).focus()}function He(t){let e=[...u(".tabs").children],n=e.findIndex(a=>a===document.activeElement),
o={ArrowRight:1,ArrowLeft:-1}[t.key];if(n<0||o===void 0)return;t.preventDefault();let s=e[(n+o+e.length)%e.length];s.focus(),
s.click()}var bt=["left","right"];function De(t,e){return bt.flatMap(n=>{let o=e.filter(s=>k(t.marks[s]).side===n);return o.length>
0?[eo(t,o,n)]:[]})}function eo(t,e,n){let o=K(n).map(a=>{let l=e.filter(d=>t.marks[d].layer===a);return r("span",{class:"\
column"},l.map(d=>no(t,d)))}),s=r("span",{class:`tags ${n}`,"data-columns":o.length},...o);return b.groups.push({element:s,
marks:e}),s}function no(t,e){let n=t.marks[e],o=y(n),s=r("button",{type:"button",class:k(n).faint?"tag faint":"tag",tabindex:-1,
"data-mark":e,"data-name":o.name,"data-code":o.code,"data-sign":A(n)?.sign??"","data-tone":Qt(n),title:M(n),"aria-label":`${M(
n)}: ${B(t)[e]}`});return b.tags.set(e,s),Tt(s,o)}var Fe=4,oo=6;function Ht(){let t=m();if(!t)return;let e=new Map([...Ke(t,"left"),...Ke(t,"right")]);for(let n of b.pieces)
ro(t,n,e);for(let n of b.groups)uo(t,n);for(let n of u(".sheet").querySelectorAll(".block"))fo(n);Dt()}function Ke(t,e){
let n=[],o=new Map;return t.marks.forEach((s,a)=>{if(k(s).side!==e||!T(s))return;let l=n.findIndex(g=>g<=s.start),d=l<0?
n.length:l;n[d]=s.end,o.set(a,Math.min(d,oo-1))}),o}function ro(t,{element:e,marks:n},o){let s=n.filter(a=>o.has(a));e.classList.
toggle("marked",s.length>0),e.style.background=s.map(a=>io(t.marks[a],o.get(a)??0)).join(", ");for(let a of bt)e.style.setProperty(
`--${a}`,String(ao(t,s,o,a)));e.style.setProperty("--tint",so(t,s))}function so(t,e){let n=new Set(e.map(o=>y(t.marks[o]).
hue));return n.size===1?`var(--hue-${[...n][0]})`:"var(--soft)"}function ao(t,e,n,o){let s=e.filter(a=>k(t.marks[a]).side===
o);return Math.max(0,...s.map(a=>(n.get(a)??0)+1))}function io(t,e){let{pattern:n}=y(t),o=k(t).side==="left"?`calc((var(\
--left) - ${e+1}) * ${Fe}px)`:`calc(100% - (var(--right) - ${e+1}) * ${Fe}px)`,s=n==="double"?3:2;return`${lo[n](co(t))}\
 0 ${o} / 100% ${s}px no-repeat`}function co(t){let e=`var(--hue-${y(t).hue})`;return k(t).faint?`color-mix(in oklab, ${e}\
 45%, var(--paper))`:e}var lo={solid:t=>`linear-gradient(${t} 0 0)`,dashed:t=>`repeating-linear-gradient(90deg, ${t} 0 6\
px, #0000 6px 9px)`,dotted:t=>`repeating-linear-gradient(90deg, ${t} 0 2px, #0000 2px 5px)`,double:t=>`linear-gradient(${t}\
 0 1px, #0000 1px 2px, ${t} 2px 3px)`};function uo(t,{element:e,marks:n}){let o=n.filter(s=>T(t.marks[s]));e.hidden=o.length===
0,e.dataset.count=String(o.length);for(let s of n){let a=b.tags.get(s);a&&(a.hidden=!o.includes(s))}}function fo(t){let e=[
...t.querySelectorAll(".marked")];for(let n of bt){let o=e.map(s=>Number(s.style.getPropertyValue(`--${n}`)));t.style.setProperty(
`--most-${n}`,String(Math.max(0,...o)))}}function Dt(){let t=u(".sheet");for(let o of t.querySelectorAll(".chosen"))o.classList.
remove("chosen","cited");for(let o of t.querySelectorAll(".partner"))o.classList.remove("partner");t.querySelector(".tag\
[aria-pressed=true]")?.setAttribute("aria-pressed","false"),t.querySelector(".tag[tabindex='0']")?.setAttribute("tabinde\
x","-1");let e=m()?.marks.findIndex(o=>T(o))??-1;b.tags.get(c.selected??e)?.setAttribute("tabindex","0");let n=_();n&&c.
selected!==null&&mo(n,c.selected)}function mo(t,e){for(let{element:n,cited:o}of b.byMark.get(e)??[])n.classList.add("cho\
sen"),n.classList.toggle("cited",!t.evidence||o.includes(e)),n.style.setProperty("--chosen",`var(--hue-${y(t).hue})`);b.
tags.get(e)?.setAttribute("aria-pressed","true");for(let n of t.partners??[])b.tags.get(n)?.classList.add("partner")}function Ft(t){let e=t?m():void 0,n=e?.marks.flatMap((s,a)=>T(s)?[po(s,B(e)[a])]:[]),o=n&&n.length>0?[r("h3",{},"Annotat\
ions"),r("ol",{},n)]:[];v(u(".printed"),o)}function Ue(){window.addEventListener("beforeprint",()=>Ft(!0)),window.addEventListener(
"afterprint",()=>Ft(!1)),window.matchMedia("print").addEventListener("change",({matches:t})=>Ft(t))}function po(t,e){return r(
"li",{},r("b",{},y(t).code)," ",f("span",{},M(t)),": ",f("q",{},e.trim()),t.pages?` (${Q(t.pages).toLowerCase()})`:null,
f("div",{},D(t)))}function ze(t,e){return wt(t,n=>n.around).flatMap(n=>{let o=wt(n,Je).flatMap(a=>ho(a,e)),[{around:s}]=n;return s?[go(s,o)]:
o})}function wt(t,e){let n=[];for(let o of t){let s=n.at(-1);s&&e(s[0])===e(o)?s.push(o):n.push([o])}return n}function Je(t){
return t.cell?t.cell.table:t.kind==="item"?"list":""}function ho(t,e){let n=Je(t[0]);return n===""?t.flatMap(e):n==="lis\
t"?[r("div",{role:"list"},t.flatMap(e))]:[yo(t,e)]}function go(t,e){let n=r("div",{class:"label","aria-hidden":"true","d\
ata-label":t});return r("div",{class:"around",role:"group","aria-label":t},n,e)}function yo(t,e){let n=wt(t,o=>o.cell?.row).
map(o=>r("tr",{},wt(o,s=>s.cell?.column).flatMap(s=>bo(s,o,e))));return r("div",{class:"table"},r("table",{dir:"auto"},r(
"tbody",{},n)))}function bo(t,e,n){let{before:o,rows:s,columns:a,head:l}=t[0].cell,d=e.every(kt=>kt.cell?.head),g=r(l?"t\
h":"td",{colspan:a>1&&a,rowspan:s>1&&s,scope:l&&(d?"col":"row")},t.flatMap(n));return o>0?[r("td",{colspan:o}),g]:[g]}function We(){let t=m(),e={open:new Set,banners:new Set};Vt();let n=u(".sheet");n.lang=t?.language??"",v(n,wo(),t?ze(t.blocks,
o=>xo(t,o,e)):[]),Xt(n)}function wo(){let t=e=>r("span",{class:`caption ${e}`},K(e).map(n=>r("span",{"data-label":i.layers[n].
name})));return r("div",{class:"captions","aria-hidden":"true"},t("left"),t("right"))}function xo(t,e,n){let o=e.pieces.
find(g=>g.unread!==void 0),s=`h${Math.min(e.level+2,6)}`,a=e.kind==="item",l=a&&!e.pieces.some(g=>g.role==="marker"),d=r(
e.kind==="heading"?s:"div",{class:`block ${e.kind}${o?" unread":""}${l?" bulleted":""}`,"data-level":e.level,role:a&&"li\
stitem","aria-level":a&&e.level,lang:e.language,dir:"auto"},e.pieces.flatMap(g=>[...$o(g,g===e.pieces[0]),...vo(t,g,n)]));
return[...ko(t,o,n),d]}function ko(t,e,{banners:n}){let o=J(t,e?.unread);if(!o||n.has(o.chunk))return[];n.add(o.chunk);let s=[
o.status,o.note].filter(Boolean).join(", "),a=`Chunk ${o.chunk} was not read: ${s}`;return[r("div",{class:"banner",role:"\
note","aria-label":a,"data-label":a})]}function $o({pages:t},e){if(!t)return[];let n=Q(t);return[r("span",{class:e?"page\
 first":"page",role:"doc-pagebreak","aria-label":n,"data-label":n})]}function vo(t,e,n){let o=e.unread===void 0?"":" los\
t",s=e.style?` ${e.style}`:"",a=`piece ${e.role??"content"}${s}${o}`,l=r("span",{class:a},O(e.text)),d=e.marks??[],g=d.filter(
kt=>!n.open.has(kt));return n.open=new Set(d),d.length>0&&Yt({element:l,marks:d,cited:e.cited??d}),[...De(t,g),l]}function xt(){let t=m();return t?v(u(".title"),f("h2",{class:"name"},t.name),So(t),Kt(t,"annotation","jk"),$?Kt(t,"chang\
e","cC",H):null,L?Kt(t,"error","eE",I):null):u(".title").replaceChildren()}function So(t){let e=ht(t);return e?r("span",
{class:"language"},e):null}function Kt(t,e,n,o){let s=F(t,o),a=c.selected===null?0:s.indexOf(c.selected)+1,l=a>0?`${p(a)}\
 of ${p(s.length)}`:w(s.length,e);return r("div",{class:`steps ${e}s`,role:"group","aria-label":`${e}s`},_e("previous",`\
Previous ${e} (${n[1]})`,()=>C(-1,o)),r("span",{},l),_e("next",`Next ${e} (${n[0]})`,()=>C(1,o)))}function _e(t,e,n){return h(
{class:"step","aria-label":e,title:e},n,ft(t))}var Qe=()=>V(!1);Y("document",We,xt,Ct,Ht,ut,te,Qe,Et);Y("filters",Ct,Ht,xt,It);Y("selection",Dt,xt,Et);Y("panel",It);function Oo(){
u(".sheet").addEventListener("click",we),u(".tabs").addEventListener("keydown",He),u("#query").addEventListener("input",
Pt),u("#query").addEventListener("keydown",de),u("#theme").addEventListener("click",mt),u("#help").addEventListener("cli\
ck",ct),u("#open-rail").addEventListener("click",()=>V(!0)),u("#text").addEventListener("click",Qe,{capture:!0}),document.
addEventListener("keydown",be),Ue()}document.documentElement.dataset.layers=String(i.layers.length);$&&(c.tab="report");
pe();re();Oo();oe();document.documentElement.dataset.ready="true";
