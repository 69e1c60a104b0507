// Made by `make pages` from annotate/viewer/frontend
var i=JSON.parse(document.getElementById("data")?.textContent??""),Ht=new Map(i.outcomes.map(t=>[t.name,t])),M=Ht.size>0,
k=i.outcomes.some(t=>t.change);function A(t){return Ht.get(t.outcome??"")}function g(t){return i.categories[t.category]}
function w(t){return i.layers[t.layer]}function K(t){return[...i.layers.keys()].filter(n=>i.layers[n].side===t).sort((n,o)=>i.
layers[n].column-i.layers[o].column)}function bt(){return[...K("left"),...K("right")]}function xt(t){let e=new WeakMap;return n=>{let o=e.get(n);if(o!==void 0)return o;let s=t(n);return e.set(n,s),s}}var ot=xt(
t=>t.blocks.flatMap(e=>e.pieces)),U=xt(t=>ot(t).map(e=>e.text).join("")),I=xt(t=>{let e=t.marks.map(()=>[]);for(let n of ot(
t))for(let o of n.marks??[])e[o].push(n.text);return e.map(n=>n.join(""))});function z(t){return t.marks.filter(e=>e.layer===
0).length}function rt(t){return t.refused.length+t.chunks.filter(e=>!e.answered).length}function J(t,e){return t?.chunks.
find(n=>n.chunk===e)}var Fe=/^(class|id|for|type|role|title|hidden|open|checked|name|value|dir|tabindex|lang|data-[a-z]+|aria-[a-z]+)$/;function r(t,e={},...n){
let o=document.createElement(t);for(let[s,a]of Object.entries(e))a!==!1&&a!==null&&a!==void 0&&Ke(o,s,a);return o.append(
...Ft(n)),o}function Ke(t,e,n){if(!Fe.test(e))throw new Error(`a page does not set the attribute ${e}`);t.setAttribute(e,
n===!0?"":String(n))}function Ft(t){return t.flat().filter(e=>e!=null)}function $(t,...e){t.replaceChildren(...Ft(e))}function p(t,e,...n){
let o=r("button",{type:"button",...t},...n);return o.addEventListener("click",e),o}function u(t){let e=document.querySelector(
t);if(!(e instanceof HTMLElement))throw new Error(`the page has no ${t}`);return e}var Dt=/([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069])/;
function O(t){return t.split(Dt).filter(e=>e!=="").map(e=>Dt.test(e)?Ue(e):document.createTextNode(e))}function Ue(t){let e=t.
charCodeAt(0).toString(16).toUpperCase().padStart(4,"0");return r("span",{class:"control","data-label":`U+${e}`},t)}function f(t,e,n){
return r(t,{dir:"auto",...e},...O(n))}function C(t,...e){return r("section",{},r("h3",{},t),...e)}function W(t){u(".spok\
en").textContent=t}var c={document:0,selected:null,tab:"details",everywhere:!1,query:"",keys:!0,hidden:{category:new Set,outcome:new Set,layer:new Set}},
Kt={};function V(t,...e){Kt[t]=e}function S(t){for(let e of Kt[t]??[])e()}function m(){return i.documents[c.document]}function _(){
return c.selected===null?void 0:m()?.marks[c.selected]}function v(t){let{category:e,outcome:n,layer:o}=c.hidden;return!e.has(t.category)&&!n.has(t.outcome)&&!o.has(t.layer)}function Ut(t){
let{category:e,outcome:n,layer:o}=c.hidden;return[e.delete(t.category),n.delete(t.outcome),o.delete(t.layer)].includes(!0)}
function wt(t,e){return!e.partners?.some(n=>t.marks[n].layer<e.layer)}function R(t){return!!A(t)?.error}function H(t){return!!A(
t)?.change}function F(t,e=()=>!0){return[...t.marks.keys()].filter(n=>{let o=t.marks[n];return v(o)&&wt(t,o)&&e(o)})}function Y(t,e){
return(e.partners??[]).map(n=>t.marks[n])}function zt(t){return A(t)?R(t)?"error":H(t)?"good":"calm":""}function E(t){let e=A(
t),n=i.layers.length>1?[w(t).name]:[];return[g(t).name,...n,...e?[e.label]:[]].join(", ")}function D({attributes:t}){return t.
filter(([,e])=>e.length>0).map(([e,n])=>`${e} ${n.join(", ")}`).join(" · ")}var y={pieces:[],byMark:new Map,tags:new Map,groups:[]};function Jt(){y.pieces=[],y.byMark=new Map,y.tags=new Map,y.groups=
[]}function Wt(t){t.element.dataset.marks=t.marks.join(" "),y.pieces.push(t);for(let e of t.marks){let n=y.byMark.get(e);
n?n.push(t):y.byMark.set(e,[t])}}function _t(t){return y.byMark.get(t)?.[0].element}var Z=[];function Vt(t){let e=document.createTreeWalker(t,NodeFilter.SHOW_TEXT);Z=[];let n=0;for(;e.nextNode();){let o=e.
currentNode;Z.push({node:o,start:n}),n+=o.length}}function G(t,e){let n=document.createRange(),o=Qt(t),s=Qt(e-1);return n.
setStart(o.node,t-o.start),n.setEnd(s.node,e-s.start),n}function Qt(t){let e=0,n=Z.length-1;for(;e<n;){let o=Math.ceil((e+
n)/2);Z[o].start<=t?e=o:n=o-1}return Z[e]}function X(t){if(!t)return;let e=t.getBoundingClientRect(),n=u("#text"),o=getComputedStyle(n).overflowY==="auto",s=o?n.getBoundingClientRect():
{top:0,height:innerHeight},a=e.top-s.top-s.height/2+Math.min(e.height,s.height/2)/2;(o?n:window).scrollBy({top:a,behavior:"\
instant"})}function Yt(){u("#text").scrollTop=0}function N(t,{keepPanel:e=!1}={}){c.document=t,c.selected=null,S("document"),e||S("panel")}function P(t,e,{focus:n=!0,scroll:o=!0}={}){
t!==c.document&&N(t,{keepPanel:!0}),c.selected=e;let s=_();s&&Ut(s)&&S("filters"),S("selection"),kt("details"),o&&X(_t(e)),
n&&y.tags.get(e)?.focus({preventScroll:!0})}function Zt(){c.selected=null,S("selection"),S("panel")}function kt(t){c.tab=
t,S("panel"),u("#panel-body").scrollTop=0}function tt(t){let e=m(),n=J(e,t);if(!e||!n)return;let o=[...U(e)].slice(0,n.start).
join("").length;X(G(o,o+1)),W(`Chunk ${t}`)}function q(t,e=()=>!0){let n=ze(t,e);if(!n)return W("There is none.");let[o,
s]=n;P(o,s);let a=i.documents[o],l=F(a,e),d=`${l.indexOf(s)+1} of ${l.length}`;return W(`${d}. ${E(a.marks[s])}: ${I(a)[s]}`)}
function ze(t,e){let n=i.documents.length;for(let o=0;o<=n;o+=1){let s=(c.document+t*o+2*n*(o+1))%n,a=F(i.documents[s],e),
l=o>0?a:a.filter(T=>Je(T,t)),d=t>0?l[0]:l.at(-1);if(d!==void 0)return[s,d]}return null}function Je(t,e){return c.selected===
null?e>0:e>0?t>c.selected:t<c.selected}var We=150,Gt;function $t(){clearTimeout(Gt),Gt=window.setTimeout(_e,We)}function _e(){let t=c.selected===null?"":`:${c.
selected}`;try{history.replaceState(null,"",`#${c.document}${t}`)}catch{}}function Xt(){let[,t,e]=/^#(\d+)(?::(\d+))?$/.
exec(location.hash)??[],n=Number(t??0),o=i.documents[n];N(o?n:0),o?.marks[Number(e)]&&P(n,Number(e),{focus:!1})}function h(t){return t.toLocaleString("en-US")}function b(t,e){return`${h(t)} ${e}${t===1?"":"s"}`}function st(t,e){let n=new Map;
for(let o of t)n.set(e(o),(n.get(e(o))??0)+1);return n}function te(){u(".brand").append(...O(i.title));let t=i.documents.reduce((o,s)=>o+z(s),0),e=b(i.documents.length,"docume\
nt"),n=u(".summary");if(i.subtitle&&n.append(f("bdi",{},i.subtitle)," · "),n.append(k?e:`${b(t,"annotation")} in ${e}`),
i.badge){let o=i.badge.good?"fine":"error";n.append(r("span",{class:`badge ${o}`},i.badge.label))}for(let o of i.notices)
u(".bar").after(f("p",{class:"notice",role:"note"},o))}function St(t,e){return t.style.setProperty("--hue",`var(--hue-${e.hue})`),t.style.setProperty("--line",e.pattern),t}function B(t){
return St(r("span",{class:"swatch","aria-hidden":"true"},t.code),t)}function at(t){let e=t.error?"error":"fine";return r(
"span",{class:`sign ${e}`,"aria-hidden":"true"},t.sign)}function et(t){let e=A(t);if(!e)return null;let n=e.error?"error":
"fine";return r("span",{class:`badge ${n}`,title:e.explained},r("span",{class:"sign","aria-hidden":"true"},e.sign),e.label)}
function j(t){return r("kbd",{},t)}var Qe=[["j","k","next, previous annotation"],...k?[ee("c","C","next, previous change")]:[],...M?[ee("e","E","next, prev\
ious error")]:[],["d","D","next, previous document"],["Enter","","read about the annotation that has the focus"],["/","",
"search; Enter goes from hit to hit"],["t","","light, dark, or as the system has it"],["Esc","","choose nothing"],["?","",
"this list"]];function ee(t,e,n){return[t,e,n]}function it(){let t=u("#keys"),e=Qe.map(([o,s,a])=>[r("dt",{},j(o),s?j(s):
null),r("dd",{},a)]),n=i.outcomes.map(o=>[r("dt",{},at(o)),r("dd",{},r("b",{},o.label),` ${o.explained}`)]);$(t,r("h2",{
id:"keys-title"},"Keys"),r("dl",{},...e),n.length>0?[r("h2",{},"Signs"),r("dl",{},...n)]:null,r("p",{class:"note"},"A li\
ne stands for a category; its hue, its pattern and its code are in the list of categories. Click again on words that car\
ry several annotations to go through them."),Ve(),p({class:"close"},()=>t.close(),"Close")),t.showModal()}function Ve(){
let t=r("input",{type:"checkbox",id:"single-keys",checked:c.keys});return t.addEventListener("change",()=>{c.keys=t.checked}),
r("p",{},t,r("label",{for:"single-keys"}," Single letters act as keys"))}function ne(){let t=i.documents.map((e,n)=>r("li",{},Ye(e,n)));return r("section",{class:"documents"},r("h2",{},b(i.documents.
length,"document")),r("ul",{},...t))}function Ye(t,e){let n={id:`document-${e}`,class:"document","aria-current":e===c.document?
"page":null},o=z(t);return p(n,()=>N(e),f("span",{class:"name"},t.name),Ze(rt(t)),r("span",{class:"count",title:b(o,"ann\
otation")},h(o)))}function Ze(t){if(t===0)return null;let e=b(t,"problem");return r("span",{class:"warn",title:e,"aria-l\
abel":e},`! ${t}`)}function oe(){if(i.layers.length<2)return null;let t=st(m()?.marks??[],n=>n.layer),e=bt().map(n=>({value:n,label:[Ge(i.layers[n]),
i.layers[n].name],counts:[t.get(n)??0]}));return vt("Layers","layer",e)}function Ge({side:t,faint:e}){return r("span",{class:`\
edge ${t}${e?" faint":""}`,"aria-hidden":"true"})}function re(){let t=m();if(!t||!M)return null;let e=st(t.marks.filter(
s=>wt(t,s)),s=>s.outcome),o=i.outcomes.map(s=>({value:s.name,label:[at(s),s.label],counts:[e.get(s.name)??0],title:s.explained})).
filter(({value:s})=>e.has(s));return o.length>0?vt("Outcomes","outcome",o):null}function se(){let t=m()?.marks??[],e=bt(),
n=e.map(l=>st(t.filter(d=>d.layer===l),d=>g(d))),o=i.categories.map((l,d)=>({value:d,label:[B(l),f("span",{class:"name"},
l.name)],counts:n.map(T=>T.get(l)??0),title:l.definition.split(`
`)[0]})),s=e.map(l=>r("span",{},i.layers[l].name)),a=e.length>1?r("span",{class:"columns"},...s):null;return vt("Categor\
ies","category",o,a)}function vt(t,e,n,o){let s=n.map(({value:a})=>a);return r("fieldset",{class:`filter ${e}`},r("legen\
d",{},t),r("div",{class:"all"},p({id:`all-${e}`},()=>Ot(e,s,!0),"all"),p({id:`none-${e}`},()=>Ot(e,s,!1),"none"),o),...n.
map(a=>Xe(e,a)))}function Xe(t,{value:e,label:n,counts:o,title:s}){let a=`${t}-${e}`.replace(/[^\w-]/g,"-"),l=r("input",
{type:"checkbox",id:a,checked:!c.hidden[t].has(e)});return l.addEventListener("change",()=>Ot(t,[e],l.checked)),r("div",
{class:"choice",title:s},l,r("label",{for:a},...n),p({class:"only",id:`only-${a}`,"aria-label":"only this"},()=>tn(t,e),
"only"),...o.map(d=>r("span",{class:d>0?"count":"count zero"},h(d))))}function Ot(t,e,n){for(let o of e)n?c.hidden[t].delete(
o):c.hidden[t].add(o);S("filters")}function tn(t,e){let n={layer:[...i.layers.keys()],outcome:i.outcomes.map(o=>o.name),
category:[...i.categories.keys()]};c.hidden[t]=new Set(n[t].filter(o=>o!==e)),S("filters")}function Et(){let t=document.activeElement?.closest("#rail")?document.activeElement.id:"";$(u("#rail"),p({class:"close",
id:"close-rail"},()=>Q(!1),"Close"),ne(),oe(),re(),se(),en()),t&&document.getElementById(t)?.focus()}function en(){if(i.
facts.length===0)return null;let t=i.facts.flatMap(([e,n])=>[r("dt",{},e),f("dd",{},n)]);return r("details",{class:"run"},
r("summary",{},"About this run"),r("dl",{},...t))}function Tt(){return u("#rail").classList.contains("open")}function Q(t){
Tt()!==t&&(u("#rail").classList.toggle("open",t),u("#open-rail").setAttribute("aria-expanded",String(t)),u(t?"#close-rai\
l":"#open-rail").focus())}var ct=200,x={texts:[],marks:[],at:-1};function Mt(){return x.texts.length+x.marks.length}function Ct(){return u("#query")}
function ae(){Ct().select()}function qt(){let t=Ct().value.trim();if(t===c.query)return;let e=c.query;c.query=t;let n=nn(
t);x.texts=n?on(n):[],x.marks=n?rn(n):[],x.at=-1,t?c.tab="results":e&&c.tab==="results"&&(c.tab="details"),S("panel"),lt()}
function nn(t){let e=t.split(/\s+/).filter(Boolean).map(n=>n.replace(/[.*+?^${}()|[\]\\/-]/g,"\\$&"));return e.length>0?
new RegExp(e.join("\\s+"),"gi"):null}function ie(){let t=[...i.documents.keys()].filter(e=>e!==c.document);return i.documents.
length>0?[c.document,...t]:[]}function on(t){let e=[];for(let n of ie())for(let o of U(i.documents[n]).matchAll(t)){if(e.
length===ct)return e;e.push({document:n,start:o.index,end:o.index+o[0].length})}return e}function rn(t){let e=[];for(let n of ie())
i.documents[n].marks.forEach((o,s)=>{sn(o).search(t)>=0&&e.push({document:n,mark:s})});return e.slice(0,ct)}function sn(t){
return`${E(t)} ${D(t)} ${(t.facts??[]).flat().join(" ")}`}function Lt(t){let e=x.texts[t];e&&(x.at=t,e.document!==c.document&&
N(e.document,{keepPanel:!0}),X(G(e.start,e.end)),lt(),W(`Hit ${t+1} of ${x.texts.length}`))}function lt(){if(!("highligh\
ts"in CSS))return;let t=x.texts.filter(o=>o.document===c.document),e=t.filter(o=>o===x.texts[x.at]),n=o=>o.map(s=>G(s.start,
s.end));CSS.highlights.set("hit",new Highlight(...n(t))),CSS.highlights.set("hit-now",new Highlight(...n(e)))}function ce(t){
if(t.key==="Escape"&&(t.preventDefault(),Ct().value="",qt(),u("#text").focus()),t.key!=="Enter"||x.texts.length===0)return;
t.preventDefault();let e=t.shiftKey?-1:1,n=x.at<0&&t.shiftKey?0:x.at;Lt((n+e+x.texts.length)%x.texts.length)}var an={light:"M12 4V2m0 20v-2m8-8h2M2 12h2m13.7-5.7 1.4-1.4M4.9 19.1l1.4-1.4m11.4 0 1.4 1.4M4.9 4.9l1.4 1.4M12 8a4 4 0 \
1 0 0 8 4 4 0 0 0 0-8Z",dark:"M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",auto:"M12 3a9 9 0 1 0 0 18Zm0 0a9 9 0\
 0 1 0 18",previous:"m15 5-7 7 7 7",next:"m9 5 7 7-7 7"};function ut(t){let e="http://www.w3.org/2000/svg",n=document.createElementNS(
e,"svg"),o=document.createElementNS(e,"path");return n.setAttribute("viewBox","0 0 24 24"),n.setAttribute("aria-hidden",
"true"),o.setAttribute("d",an[t]),n.append(o),n}var ft=["auto","light","dark"],le="annotate-theme";function dt(){let t=ft.findIndex(e=>e===document.documentElement.dataset.
theme);fe(ft[(t+1)%ft.length])}function ue(){fe(cn())}function fe(t){document.documentElement.dataset.theme=t;let e=u("#\
theme");e.replaceChildren(ut(t)),e.setAttribute("aria-label",`Theme: ${t}`),e.title=`Theme: ${t} (t)`;try{localStorage.setItem(
le,t)}catch{}}function cn(){try{return ft.find(t=>t===localStorage.getItem(le))??"auto"}catch{return"auto"}}var me={j:()=>q(1),k:()=>q(-1),e:()=>q(1,R),E:()=>q(-1,R),c:()=>q(1,H),C:()=>q(-1,H),d:()=>de(1),D:()=>de(-1),"/":ae,"?":it,
t:dt,Escape:()=>Tt()?Q(!1):Zt()},ln=["?","Escape"];function de(t){let e=i.documents.length;N((c.document+t+e)%e)}function pe(t){
let e=t.target instanceof Element?t.target:null;if(e?.closest("input:not([type=checkbox]), dialog[open]")||t.ctrlKey||t.
metaKey||t.altKey||t.isComposing)return;let n=e?.closest(".tag");t.key==="Enter"&&n instanceof HTMLElement?(t.preventDefault(),
fn(n)):un(t.key)&&(t.preventDefault(),me[t.key]())}function un(t){return!Object.hasOwn(me,t)||i.documents.length===0&&t!==
"?"?!1:c.keys||ln.includes(t)}function fn(t){P(c.document,Number(t.dataset.mark),{focus:!1,scroll:!1}),u(".subject").focus()}
function he(t){let e=t.target,n=e.closest(".tag");if(n instanceof HTMLElement)return P(c.document,Number(n.dataset.mark),
{scroll:!1});let o=e.closest(".marked"),s=getSelection()?.isCollapsed===!1;if(!(o instanceof HTMLElement)||s)return;let a=(o.
dataset.marks??"").split(" ").map(Number).filter(d=>v(m().marks[d])),l=c.selected===null?-1:a.indexOf(c.selected);return P(
c.document,a[(l+1)%a.length],{scroll:!1})}function L(t,e,{withCategory:n=!0}={}){let o=i.documents[t],s=o.marks[e],a=I(o)[e];return p({class:"quote","aria-label":`${E(
s)}: ${a}`,"data-goto":`${t}:${e}`},()=>P(t,e),n?dn(s):et(s),f("span",{class:"said"},a.trim()),r("span",{class:"stated"},
D(s)))}function dn(t){let e=g(t);return r("span",{class:"line"},B(e),r("span",{class:"name"},e.name),et(t))}function mt(t,e){
return t===e?null:f("li",{class:"from"},i.documents[t].name)}var be={label:"Categories",draw(){let t=[...i.documents.keys()],e=c.everywhere?t:[c.document],n=i.categories.map((o,s)=>pn(
s,e));return[t.length>1?mn():null,...n,yn()]}};function mn(){return r("div",{class:"scope",role:"group","aria-label":"Wh\
ich documents"},ge("This document",!1),ge("All documents",!0))}function ge(t,e){let n=()=>{c.everywhere=e,S("panel")};return p(
{"aria-pressed":String(c.everywhere===e)},n,t)}function pn(t,e){let n=i.categories[t],o=e.flatMap(l=>gn(l,t));if(o.length===
0)return null;let s=r("ul",{class:"quotes"}),a=r("details",{class:"category","data-category":t},r("summary",{},B(n),f("s\
pan",{class:"name"},n.name),r("span",{class:"count"},h(o.length))),n.definition?r("p",{class:"note"},n.definition.split(
`
`)[0]):null,s);return a.addEventListener("toggle",()=>{a.open&&s.childElementCount===0&&$(s,...hn(o))}),a}function hn(t){
return t.flatMap(([e,n],o)=>[c.everywhere?mt(e,t[o-1]?.[0]):null,r("li",{},L(e,n,{withCategory:!1}))])}function gn(t,e){
return i.documents[t].marks.flatMap((n,o)=>n.category===e&&n.layer===0?[[t,o]]:[])}function yn(){let t=m()?.silence;if(!t||
t.silent.length+t.open.length===0)return null;let e="Every chunk of this document was answered, and nothing of these was\
 found.",n=`No silence is claimed: ${t.why}.`;return r("section",{class:"silence"},ye("Silent",e,t.silent),ye("Not found\
, and not known to be absent",n,t.open))}function ye(t,e,n){if(n.length===0)return null;let o=n.map(s=>r("li",{},B(i.categories[s]),
f("span",{},i.categories[s].name)));return r("div",{},r("h3",{},t),r("p",{class:"note"},e),r("ul",{class:"names"},...o))}function we(t,e){let n=Y(t,e),o=[e,...n].sort((l,d)=>d.layer-l.layer),s=bn(o).flatMap(l=>xn(l,o,e)),a=n.filter(l=>l.start!==
e.start||l.end!==e.end||l.category!==e.category);return[s.length>0?r("h3",{},"Attributes"):null,s.length>0?r("dl",{class:"\
attributes"},...s):null,...a.map(l=>kn(t,l))]}function bn(t){return[...new Set(t.flatMap(e=>e.attributes.map(([n])=>n)))]}
function xn(t,e,n){let o=g(n).attributes[t],s=n.differs?.includes(t)??!1,a=e.length>1&&s?e.map(l=>xe(l,t,w(l).name,e)):[
xe(n,t,"",[n])];return[r("dt",{title:o?.definition},f("bdi",{},t),s?r("span",{class:"flag"},"differs"):null),r("dd",{},...a,
...wn(t,e,o))]}function xe(t,e,n,o){let s=At(t,e).map(a=>{let l=o.every(d=>At(d,e).includes(a));return f("span",{class:l?
"value":"value odd"},a)});return r("div",{class:"values"},n?r("span",{class:"whose"},n):null,s.length>0?s:r("span",{class:"\
none"},"nothing stated"))}function At(t,e){return t.attributes.find(([n])=>n===e)?.[1]??[]}function wn(t,e,n){if(!n)return[];
let s=[...new Set(e.flatMap(a=>At(a,t)))].filter(a=>Object.hasOwn(n.values,a));return s.length===0?[r("p",{class:"note"},
n.definition)]:s.map(a=>r("p",{class:"note"},r("b",{},a),` ${n.values[a]}`))}function kn(t,e){return r("div",{class:"oth\
er"},r("p",{class:"whose"},`${w(e).name}: ${g(e).name}`),L(c.document,t.marks.indexOf(e)))}function nt(t){let{invalid:e,ungrounded:n,requests:o}=t,s=`characters ${h(t.start)}–${h(t.end)}`;return`${[`Chunk ${t.
chunk}, ${s}: ${t.status}`,o>1?`${b(o,"answer")} used`:"",e+n>0?`${e} invalid and ${n} ungrounded annotations sent back`:
"",t.note].filter(Boolean).join("; ")}.`}function ke(t){if(t.length===0)return null;let n=r("table",{class:"ledger"},r("\
thead",{},r("tr",{},...["chunk","ended","found","answers","tokens"].map(o=>r("th",{"aria-label":o},o)))),r("tbody",{},...t.
map($n)));return C("Chunks",n)}function $n(t){let e=[p({class:"link"},()=>tt(t.chunk),String(t.chunk)),t.status,h(t.annotations),
h(t.requests),h(t.tokens)];return r("tr",{class:t.answered?"":"lost",title:nt(t)},...e.map(n=>r("td",{},n)))}function Se(t,e){return e.evidence?C("Evidence",...e.evidence.map(n=>vn(t,e,n))):null}var Sn={exact:"Cited letter by let\
ter.",folded:"Cited with other white space, quotes, dashes, case or Markdown marks.",fuzzy:"Cited with two neighbouring \
letters swapped inside one long word."},On={context:"What leads into this place was cited with the words.",unit:"Here al\
one they are a whole sentence or item.",order:"The order of the answer leaves this place.",ambiguous:"Nothing says which\
 place was meant."};function vn(t,e,{grounding:n,cited:o,part:s,places:a,choice:l,chunk:d}){let T=e.layer===0?J(t,d):void 0;
return r("div",{class:"citation"},r("p",{},r("span",{class:`grounding ${n}`},n),` ${Sn[n]??""}`),a>1?r("p",{},r("span",{
class:`placed ${l}`},l),` These words stand at ${a} places. ${On[l]??""}`):null,o?$e("cited",o):null,s?$e(o?"printed":"c\
ited part",s):null,T?r("p",{class:"note"},nt(T)):null)}function $e(t,e){return r("div",{class:"labelled"},r("span",{class:"\
whose"},t),f("q",{},e))}var Oe={label:"Details",draw(){let t=m();if(!t)return[r("p",{class:"quiet"},"This run holds no document.")];let e=_();return e?
En(t,e):[Tn(t)]}};function En(t,e){return[Mn(e),Cn(t,e),qn(t,e),Ln(e),...we(t,e),Se(t,e),An(t,e),Nn(g(e)),Pn(t,e)]}function Tn(t){
let e=`${b(z(t),"annotation")} in ${b(t.characters,"character")}.`,n=["Click a highlight, or press ",j("j")," and ",j("k")];
return r("div",{class:"opening"},r("p",{class:"large"},e),r("p",{},...n," to walk through them."),M&&!k&&t.report.length>
0?r("p",{},j("e")," goes to the next error. Lines above the words are gold, lines below are predicted."):null,r("p",{},j(
"/")," searches, ",j("?")," lists all keys and signs."))}function Mn(t){let e=g(t);return r("h2",{class:"subject",tabindex:-1},
B(e),f("span",{class:"name"},e.name),i.layers.length>1?r("span",{class:"of"},w(t).name):null,et(t))}function Cn(t,e){let n=t.
marks.indexOf(e),o=ot(t).filter(s=>s.marks?.includes(n)).map(s=>{let a=!e.evidence||(s.cited??s.marks??[]).includes(n);return r(
"span",{class:a?"words":"around"},...O(s.text))});return r("blockquote",{dir:"auto"},...o)}function qn(t,e){let n=`chara\
cters ${h(e.start)}–${h(e.end)}`;return r("p",{class:"place"},n," of ",f("bdi",{},t.name))}function Ln(t){return t.claimed?
r("div",{class:"warning"},"It claims to quote other words than stand at its place:",f("blockquote",{},t.claimed)):null}function An(t,e){
let n=Y(t,e).filter(s=>w(s).side==="left"),o=[e,...n].flatMap(s=>s.facts??[]).flatMap(([s,a])=>[r("dt",{},s),f("dd",{},a)]);
return o.length>0?r("dl",{class:"facts"},...o):null}function Nn(t){if(!t.definition)return r("p",{class:"quiet"},"The sc\
hema at hand has no definition of this category.");let[e,...n]=t.definition.split(`
`),o=r("details",{},r("summary",{},"All of it"),r("p",{class:"lines"},n.join(`
`).trim()));return r("section",{class:"definition"},r("h3",{},"Definition"),r("p",{},e),n.length>0?o:null)}function Pn(t,e){
let n=Y(t,e),o=t.marks.flatMap((s,a)=>{let l=s.start<e.end&&e.start<s.end,d=s!==e&&!n.includes(s);return!l||!d||!v(s)?[]:
[r("li",{},L(c.document,a))]});return o.length===0?null:C("Also on these words",r("ul",{class:"quotes"},...o))}var Ee={label:"Problems",count(){let t=m();return(t?rt(t):0)+i.unreadable.length},draw(){let{chunks:t,refused:e}=m()??{chunks:[],
refused:[]},n=t.filter(l=>!l.answered),o=[pt("Not read","These parts of the text are hatched: nothing is known about the\
m.",n.map(jn)),pt("Refused answers","They broke the schema or quoted words that the text does not hold, and no repair co\
rrected them.",e.map(In)),pt("Unreadable inputs","",i.unreadable.map(ve))],s=o.some(l=>l!==null),a=pt("Skipped inputs","\
They were found where the inputs lead, and are not part of this run.",i.skipped.map(ve));return[...s?o:[Bn(t)],a,ke(t)]}};
function pt(t,e,n){return n.length===0?null:C(t,e?r("p",{class:"note"},e):null,r("ul",{class:"problems"},...n))}function Bn(t){
let e=t.length>0?`All ${b(t.length,"chunk")} of this document were answered, and no answer was refused.`:"Nothing is kno\
wn of how this text was read.";return r("p",{class:"quiet"},e)}function jn(t){let e=f("span",{},nt(t));return r("li",{},
p({class:"problem"},()=>tt(t.chunk),e))}function In(t){let{chunk:e}=t;return r("li",{class:"refused"},r("p",{},r("span",
{class:"badge error"},t.kind)," ",f("b",{},t.category||"no category")),t.quote?f("blockquote",{},t.quote):null,t.answer?
f("pre",{},t.answer):null,f("p",{class:"stated"},D(t)),r("ul",{class:"note"},...t.problems.map(n=>f("li",{},n))),e===null?
null:p({class:"link"},()=>tt(e),`chunk ${e}`))}function ve({source:t,reason:e}){return r("li",{},f("b",{},t)," ",f("span",
{},e))}var Te=4,Ce={label:k?"Changes":"Errors",when:()=>M,count:()=>Me().length,draw(){let t=m()?.report??[],e=i.documents.length>
1||k?i.report:[],n=Me().map(o=>r("li",{},L(c.document,o)));return[...[...e,...t].map(Rn),t.length>0?r("h3",{},b(n.length,
k?"change":"error")):r("p",{class:"quiet"},"There is no gold for this document."),r("ul",{class:"quotes"},...n)]}};function Me(){
let t=m();return t?F(t,k?H:R):[]}function Rn({title:t,notes:e,columns:n,rows:o}){return r("section",{class:"report"},f("\
h3",{},t),...e.slice(0,Te).map(qe),Hn(e.slice(Te)),o.length>0?Dn(n,o):null)}function qe(t){return f("p",{class:"note"},t)}
function Hn(t){if(t.length===0)return null;let e=r("summary",{},`${h(t.length)} more`);return r("details",{},e,...t.map(
qe))}function Dn(t,e){let n=r("tr",{},...t.map(s=>r("th",{},s))),o=e.map(([s,...a])=>r("tr",{},f("th",{},s),...a.map(l=>r(
"td",{},l))));return r("table",{},r("thead",{},n),r("tbody",{},...o))}var Nt=36,Ae={label:"Results",when:()=>c.query!=="",count:Mt,draw(){if(Mt()===0)return[r("p",{class:"quiet"},"Nothing fo\
und.")];let{texts:t,marks:e}=x,n=i.documents.length>1;return[Le("In the text",t.length,t.flatMap((o,s)=>[n?mt(o.document,
t[s-1]?.document):null,r("li",{},Fn(o,s))])),Le("In annotations",e.length,e.map(o=>r("li",{},L(o.document,o.mark))))]}};
function Le(t,e,n){if(e===0)return null;let o=e===ct?`the first ${e}`:h(e);return C(`${t}: ${o}`,r("ul",{class:"quotes"},
...n))}function Fn({document:t,start:e,end:n},o){let s=U(i.documents[t]),a=s.slice(Math.max(0,e-Nt),e),l=s.slice(n,n+Nt);
return p({class:"quote","data-hit":o},()=>Lt(o),r("span",{class:"said",dir:"auto"},"…",...O(e>Nt?a.replace(/^\S*\s/,""):
a),r("mark",{},...O(s.slice(e,n))),...O(l.replace(/\s\S*$/,"")),"…"))}var ht={details:Oe,index:be,problems:Ee,report:Ce,results:Ae};function Pt(){let t=Object.keys(ht).filter(n=>ht[n].when?.()??
!0);t.includes(c.tab)||(c.tab="details"),$(u(".tabs"),...t.map(Kn)),u(`#tab-${c.tab}`).scrollIntoView({block:"nearest",inline:"\
nearest"});let e=u("#panel-body");$(e,...ht[c.tab].draw()),e.setAttribute("aria-labelledby",`tab-${c.tab}`)}function Kn(t){
let{label:e,count:n}=ht[t],o=t===c.tab,s=n?.()??0,a={class:"tab",role:"tab",id:`tab-${t}`,"aria-selected":String(o),"ari\
a-controls":"panel-body",tabindex:o?0:-1};return p(a,()=>Un(t),e," ",s>0?r("span",{class:"count"},h(s)):null)}function Un(t){
kt(t),u(`#tab-${t}`).focus()}function Ne(t){let e=[...u(".tabs").children],n=e.findIndex(a=>a===document.activeElement),
o={ArrowRight:1,ArrowLeft:-1}[t.key];if(n<0||o===void 0)return;t.preventDefault();let s=e[(n+o+e.length)%e.length];s.focus(),
s.click()}var gt=["left","right"];function Pe(t,e){return gt.flatMap(n=>{let o=e.filter(s=>w(t.marks[s]).side===n);return o.length>
0?[zn(t,o,n)]:[]})}function zn(t,e,n){let o=K(n).map(a=>{let l=e.filter(d=>t.marks[d].layer===a);return r("span",{class:"\
column"},l.map(d=>Jn(t,d)))}),s=r("span",{class:`tags ${n}`,"data-columns":o.length},...o);return y.groups.push({element:s,
marks:e}),s}function Jn(t,e){let n=t.marks[e],o=g(n),s=r("button",{type:"button",class:w(n).faint?"tag faint":"tag",tabindex:-1,
"data-mark":e,"data-name":o.name,"data-code":o.code,"data-sign":A(n)?.sign??"","data-tone":zt(n),title:E(n),"aria-label":`${E(
n)}: ${I(t)[e]}`});return y.tags.set(e,s),St(s,o)}var Be=4,Wn=6;function Bt(){let t=m();if(!t)return;let e=new Map([...je(t,"left"),...je(t,"right")]);for(let n of y.pieces)
_n(t,n,e);for(let n of y.groups)Xn(t,n);for(let n of u(".sheet").querySelectorAll(".block"))to(n);jt()}function je(t,e){
let n=[],o=new Map;return t.marks.forEach((s,a)=>{if(w(s).side!==e||!v(s))return;let l=n.findIndex(T=>T<=s.start),d=l<0?
n.length:l;n[d]=s.end,o.set(a,Math.min(d,Wn-1))}),o}function _n(t,{element:e,marks:n},o){let s=n.filter(a=>o.has(a));e.classList.
toggle("marked",s.length>0),e.style.background=s.map(a=>Yn(t.marks[a],o.get(a)??0)).join(", ");for(let a of gt)e.style.setProperty(
`--${a}`,String(Vn(t,s,o,a)));e.style.setProperty("--tint",Qn(t,s))}function Qn(t,e){let n=new Set(e.map(o=>g(t.marks[o]).
hue));return n.size===1?`var(--hue-${[...n][0]})`:"var(--soft)"}function Vn(t,e,n,o){let s=e.filter(a=>w(t.marks[a]).side===
o);return Math.max(0,...s.map(a=>(n.get(a)??0)+1))}function Yn(t,e){let{pattern:n}=g(t),o=w(t).side==="left"?`calc((var(\
--left) - ${e+1}) * ${Be}px)`:`calc(100% - (var(--right) - ${e+1}) * ${Be}px)`,s=n==="double"?3:2;return`${Gn[n](Zn(t))}\
 0 ${o} / 100% ${s}px no-repeat`}function Zn(t){let e=`var(--hue-${g(t).hue})`;return w(t).faint?`color-mix(in oklab, ${e}\
 45%, var(--paper))`:e}var Gn={solid:t=>`linear-gradient(${t} 0 0)`,dashed:t=>`repeating-linear-gradient(90deg, ${t} 0 6\
px, #0000 6px 9px)`,dotted:t=>`repeating-linear-gradient(90deg, ${t} 0 2px, #0000 2px 5px)`,double:t=>`linear-gradient(${t}\
 0 1px, #0000 1px 2px, ${t} 2px 3px)`};function Xn(t,{element:e,marks:n}){let o=n.filter(s=>v(t.marks[s]));e.hidden=o.length===
0,e.dataset.count=String(o.length);for(let s of n){let a=y.tags.get(s);a&&(a.hidden=!o.includes(s))}}function to(t){let e=[
...t.querySelectorAll(".marked")];for(let n of gt){let o=e.map(s=>Number(s.style.getPropertyValue(`--${n}`)));t.style.setProperty(
`--most-${n}`,String(Math.max(0,...o)))}}function jt(){let t=u(".sheet");for(let o of t.querySelectorAll(".chosen"))o.classList.
remove("chosen","cited");for(let o of t.querySelectorAll(".partner"))o.classList.remove("partner");t.querySelector(".tag\
[aria-pressed=true]")?.setAttribute("aria-pressed","false"),t.querySelector(".tag[tabindex='0']")?.setAttribute("tabinde\
x","-1");let e=m()?.marks.findIndex(o=>v(o))??-1;y.tags.get(c.selected??e)?.setAttribute("tabindex","0");let n=_();n&&c.
selected!==null&&eo(n,c.selected)}function eo(t,e){for(let{element:n,cited:o}of y.byMark.get(e)??[])n.classList.add("cho\
sen"),n.classList.toggle("cited",!t.evidence||o.includes(e)),n.style.setProperty("--chosen",`var(--hue-${g(t).hue})`);y.
tags.get(e)?.setAttribute("aria-pressed","true");for(let n of t.partners??[])y.tags.get(n)?.classList.add("partner")}function It(t){let e=t?m():void 0,n=e?.marks.flatMap((s,a)=>v(s)?[no(s,I(e)[a])]:[]),o=n&&n.length>0?[r("h3",{},"Annotat\
ions"),r("ol",{},n)]:[];$(u(".printed"),o)}function Ie(){window.addEventListener("beforeprint",()=>It(!0)),window.addEventListener(
"afterprint",()=>It(!1)),window.matchMedia("print").addEventListener("change",({matches:t})=>It(t))}function no(t,e){return r(
"li",{},r("b",{},g(t).code)," ",f("span",{},E(t)),": ",f("q",{},e.trim()),f("div",{},D(t)))}function Re(){let t=m(),e={open:new Set,banners:new Set};Jt();let n=t?.blocks.flatMap(s=>ro(t,s,e)),o=u(".sheet");$(o,oo(),
n),Vt(o)}function oo(){let t=e=>r("span",{class:`caption ${e}`},K(e).map(n=>r("span",{"data-label":i.layers[n].name})));
return r("div",{class:"captions","aria-hidden":"true"},t("left"),t("right"))}function ro(t,e,n){let o=e.pieces.find(l=>l.
unread!==void 0),s=`h${Math.min(e.level+2,6)}`,a=r(e.kind==="heading"?s:"div",{class:`block ${e.kind}${o?" unread":""}`,
"data-level":e.level,dir:"auto"},e.pieces.flatMap(l=>ao(t,l,n)));return[...so(t,o,n),a]}function so(t,e,{banners:n}){let o=J(
t,e?.unread);if(!o||n.has(o.chunk))return[];n.add(o.chunk);let s=[o.status,o.note].filter(Boolean).join(", "),a=`Chunk ${o.
chunk} was not read: ${s}`;return[r("div",{class:"banner",role:"note","aria-label":a,"data-label":a})]}function ao(t,e,n){
let o=e.unread===void 0?"":" lost",s=`piece ${e.role??"content"}${o}`,a=r("span",{class:s},O(e.text)),l=e.marks??[],d=l.
filter(T=>!n.open.has(T));return n.open=new Set(l),l.length>0&&Wt({element:a,marks:l,cited:e.cited??l}),[...Pe(t,d),a]}function yt(){let t=m();return t?$(u(".title"),f("h2",{class:"name"},t.name),Rt(t,"annotation","jk"),k?Rt(t,"change","cC",
H):null,M?Rt(t,"error","eE",R):null):u(".title").replaceChildren()}function Rt(t,e,n,o){let s=F(t,o),a=c.selected===null?
0:s.indexOf(c.selected)+1,l=a>0?`${h(a)} of ${h(s.length)}`:b(s.length,e);return r("div",{class:`steps ${e}s`,role:"grou\
p","aria-label":`${e}s`},He("previous",`Previous ${e} (${n[1]})`,()=>q(-1,o)),r("span",{},l),He("next",`Next ${e} (${n[0]}\
)`,()=>q(1,o)))}function He(t,e,n){return p({class:"step","aria-label":e,title:e},n,ut(t))}var De=()=>Q(!1);V("document",Re,yt,Et,Bt,lt,Yt,De,$t);V("filters",Et,Bt,yt,Pt);V("selection",jt,yt,$t);V("panel",Pt);function io(){
u(".sheet").addEventListener("click",he),u(".tabs").addEventListener("keydown",Ne),u("#query").addEventListener("input",
qt),u("#query").addEventListener("keydown",ce),u("#theme").addEventListener("click",dt),u("#help").addEventListener("cli\
ck",it),u("#open-rail").addEventListener("click",()=>Q(!0)),u("#text").addEventListener("click",De,{capture:!0}),document.
addEventListener("keydown",pe),Ie()}document.documentElement.dataset.layers=String(i.layers.length);k&&(c.tab="report");
ue();te();io();Xt();document.documentElement.dataset.ready="true";
