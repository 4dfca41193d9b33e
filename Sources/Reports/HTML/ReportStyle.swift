/// How the page looks: system fonts, few colours, by the reader's choice light or dark, from 360 pixels up.
enum ReportStyle {
    static let css = colours + page + cases + panels + drawings + narrow

    private static let colours = """
        :root{color-scheme:light dark;--bg:#f7f7f5;--card:#fff;--fg:#1c2024;--mut:#646b73;--line:#e2e4e7;--soft:#f1f2f4;
        --acc:#2457c5;--ok:#1c7c4a;--no:#be2f26;--warn:#8a5a00;--okbg:#e5f4eb;--nobg:#fcebe9;--warnbg:#fdf3dc;
        --wait:#b46b00;--stop:#8b3fa8;--life:#c9cdd2;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
        @media(prefers-color-scheme:dark){:root{--bg:#131518;--card:#1b1e22;--fg:#e4e6e9;--mut:#9aa2ab;--line:#2e3338;
        --soft:#24282d;--acc:#8fb1ff;--ok:#6fcf9b;--no:#ff8f85;--warn:#e5b94e;--okbg:#17301f;--nobg:#3a1d1b;--warnbg:#332811;
        --wait:#f0b050;--stop:#d59bec;--life:#454b52}}

        """

    private static let page = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,
        "Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
        .top,main,footer{max-width:1240px;margin:0 auto;padding:0 24px}
        .top{padding-top:32px}
        .mark{margin:0;font-weight:650;letter-spacing:.01em}.mark span{color:var(--mut);font-weight:400}
        h1{font-size:30px;line-height:1.2;margin:4px 0 18px;letter-spacing:-.015em;font-weight:680}
        h1.no{color:var(--no)}
        .facts{display:flex;flex-wrap:wrap;gap:10px 28px;margin:0 0 24px}
        .facts dt{font-size:12px;color:var(--mut)}.facts dd{margin:0;font-variant-numeric:tabular-nums}
        a{color:var(--acc);text-decoration:none}a:hover{text-decoration:underline}
        code,pre{font-family:var(--mono);font-size:12.5px}
        small,.mut,.at{color:var(--mut);font-size:13px}
        .warn{background:var(--warnbg);color:var(--warn);padding:8px 12px;border-radius:8px;margin:8px 0}
        footer{color:var(--mut);font-size:13px;padding-top:16px;padding-bottom:40px}
        i.ok,i.no,i.out{font:600 11.5px/18px system-ui,sans-serif;padding:1px 8px;border-radius:9px;display:inline-block}
        i.ok{color:var(--ok);background:var(--okbg)}i.no{color:var(--no);background:var(--nobg)}
        i.out{color:var(--warn);background:var(--warnbg)}
        .index{background:var(--card);border:1px solid var(--line);border-radius:12px;margin-bottom:24px;overflow:hidden}
        .index table{border-collapse:collapse;width:100%}
        .index th{font-size:12px;color:var(--mut);font-weight:500;text-align:left;padding:9px 16px}
        .index td{padding:9px 16px;border-top:1px solid var(--line);vertical-align:top}
        .index .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .index td i{margin-right:6px}.index td small{display:block;padding-left:0;margin-top:1px}
        .index p{padding:0 16px}.index td p{padding:0;margin:3px 0 1px;color:var(--no);font-size:13.5px}
        .index tr[hidden],.case[hidden]{display:none}
        .choice{display:none;flex-wrap:wrap;gap:6px;padding:10px 16px}.js .choice{display:flex}
        .pick{flex:1 1 260px;font:inherit;color:inherit;background:var(--bg);border:1px solid var(--line);border-radius:8px;
        padding:5px 12px}
        .choice button{border:1px solid var(--line);border-radius:8px;padding:3px 10px;font-size:13px}
        .choice button:hover{border-color:var(--acc);color:var(--acc)}
        .common{background:var(--card);border:1px solid var(--line);border-left:3px solid var(--no);border-radius:12px;
        padding:12px 18px;margin-bottom:18px}
        .common ol{margin:8px 0 0;padding:0;list-style:none}.common li{padding:2px 0}.common b{display:inline-block;min-width:28px}
        .common small{display:block;padding-left:31px}

        """

    private static let cases = """
        .case{background:var(--card);border:1px solid var(--line);border-radius:12px;margin:0 0 18px;scroll-margin-top:12px}
        .case>summary{display:flex;flex-wrap:wrap;align-items:center;gap:2px 12px;padding:13px 18px;cursor:pointer;
        list-style:none}
        .case>summary::-webkit-details-marker{display:none}
        .case>summary span{margin-left:auto;color:var(--mut);font-size:13px;font-variant-numeric:tabular-nums}
        h2{font-size:18px;margin:0;font-weight:650;letter-spacing:-.005em}
        .body{padding:0 18px 18px}
        .fail{border-left:3px solid var(--no);background:var(--nobg);border-radius:0 8px 8px 0;padding:10px 14px;margin:0 0 10px}
        .fail p{margin:0}.fail ul{margin:0;padding-left:18px;font-size:13.5px}
        .fail .lead{font-size:12px;color:var(--mut);margin-top:6px}
        .beside{border-collapse:collapse;width:100%;table-layout:fixed;margin:6px 0 0;font-size:13.5px}
        .beside th,.beside td{text-align:left;vertical-align:top;padding:3px 10px 3px 0;border-top:1px solid var(--line)}
        .beside th{font-weight:500;color:var(--mut);width:24%}.beside thead th{border:0;font-size:12px;width:auto}
        .beside thead th:first-child{width:24%}.beside .off td{font-weight:600}.beside .off td+td{color:var(--no)}
        .diff{overflow-x:auto;margin:6px 0 0;overflow-wrap:normal}ins,del{text-decoration:none}
        ins{color:var(--ok)}del{color:var(--no)}
        .repro{display:flex;gap:8px;align-items:center;background:var(--soft);border-radius:8px;padding:6px 6px 6px 12px;margin:0 0 14px}
        .repro code{flex:1;min-width:0}
        button{font:inherit;color:inherit;background:none;border:0;cursor:pointer}
        .copy{font-size:13px;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:3px 12px}
        .copy:hover{border-color:var(--acc);color:var(--acc)}

        """

    private static let panels = """
        .tabs{display:none;gap:4px;border-bottom:1px solid var(--line);overflow-x:auto;margin-bottom:14px;scrollbar-width:none}
        .js .tabs{display:flex}.js .panel>h3{display:none}
        h3{font-size:15px;margin:18px 0 8px}
        .tabs button{padding:7px 12px;color:var(--mut);border-bottom:2px solid transparent;margin-bottom:-1px;white-space:nowrap}
        .tabs button:hover{color:var(--fg)}
        .tabs [aria-selected=true]{color:var(--fg);border-color:var(--acc);font-weight:600}
        :focus-visible{outline:2px solid var(--acc);outline-offset:1px}
        h4{font-size:13px;font-weight:600;margin:16px 0 6px;color:var(--mut)}.panel>h4:first-of-type{margin-top:4px}
        .pill{display:inline-block;min-width:32px;text-align:center;font:600 11px/17px system-ui,sans-serif;border-radius:5px;
        padding:0 5px;color:var(--card);background:var(--acc)}
        .pill.cU7,.pill.cU9{background:var(--ok)}.pill.cU3,.pill.cU5{background:var(--wait)}
        .pill.cU10,.pill.cU11{background:var(--stop)}.pill.cU1{background:var(--mut)}
        .tiles{border:1px solid var(--line);border-radius:9px}
        .tile{display:grid;grid-template-columns:minmax(220px,2fr) 5fr;gap:4px 20px;padding:9px 14px}
        .tile+.tile{border-top:1px solid var(--line)}
        .tile .name small{display:block;padding-left:40px}
        .tile ol{list-style:none;margin:0;padding:0}.tile li{display:flex;gap:10px;align-items:baseline;padding:1px 0}
        time{color:var(--mut);font-variant-numeric:tabular-nums;font-size:13px;white-space:nowrap;min-width:86px}
        .find{width:100%;max-width:420px;font:inherit;color:inherit;background:var(--bg);border:1px solid var(--line);
        border-radius:8px;padding:6px 12px}
        .m{border-top:1px solid var(--line);scroll-margin-top:10px}.m[hidden]{display:none}
        .m summary{display:flex;flex-wrap:wrap;gap:0 10px;align-items:baseline;padding:5px 4px;cursor:pointer;list-style:none}
        .m summary::-webkit-details-marker{display:none}.m summary:hover{background:var(--soft)}
        .m summary time{min-width:44px}.m summary b{font-weight:560}.m summary span{color:var(--mut)}
        .m em{margin-left:auto;color:var(--mut);font-style:normal;font-size:13px}
        .m:target>summary{background:var(--warnbg)}
        .m p{margin:2px 4px;font-size:12.5px;color:var(--mut)}
        .m ul{margin:4px 4px 6px;padding-left:18px;font-size:13px}.m li.notMine{color:var(--mut)}.m li.notWhole,.m li.denied{color:var(--no)}
        .m pre{background:var(--soft);border-radius:8px;padding:9px 12px;margin:4px 4px 12px;white-space:pre-wrap}
        .steps{list-style:none;margin:0;padding:0;border:1px solid var(--line);border-radius:9px}
        .steps li{display:grid;grid-template-columns:44px 1fr;gap:10px;padding:5px 12px}.steps li+li{border-top:1px solid var(--line)}
        .steps code{color:var(--mut);text-align:right;padding-top:2px}.steps p{margin:0}
        .steps .ok b{color:var(--ok)}.steps .no{background:var(--nobg)}.steps .no b{color:var(--no)}
        .why{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(340px,100%),1fr));gap:10px}
        .w{border:1px solid var(--line);border-radius:9px;padding:9px 13px}.w p{margin:0}.w.bad{border-color:var(--no)}

        """

    private static let drawings = """
        .scroll{overflow-x:auto;overscroll-behavior-x:contain;border:1px solid var(--line);border-radius:9px;background:var(--bg)}
        .lanes{display:flex}.lanes ol{list-style:none;margin:0;padding-left:0;flex:none;max-width:40%;font-size:13px}
        .lanes li{height:34px;line-height:34px;padding-right:12px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
        .lanes .scroll{flex:1;min-width:0}
        .legend b{display:inline-block;width:10px;height:10px;background:var(--acc);border-radius:5px;margin:0 3px 0 10px}
        .legend b:first-child{margin-left:0}.legend .sq{border-radius:2px;background:var(--ok)}
        .legend .tri{width:0;height:0;border:5px solid transparent;border-top:7px solid var(--mut);background:none;border-radius:0;margin-bottom:-5px}
        svg{display:block;font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;fill:var(--fg)}
        svg a:hover .lab{text-decoration:underline}svg a:hover .mk{stroke:var(--fg)}
        .life{stroke:var(--life);stroke-dasharray:2 4}.head{fill:var(--card);stroke:var(--line)}
        .who{text-anchor:middle;font-weight:600}.t{text-anchor:end;fill:var(--mut);font-size:11.5px}
        .arr{fill:none;stroke:var(--fg);stroke-width:1.3}.arr.tile{stroke-dasharray:1 3;stroke-linecap:round}
        .arr.none{stroke:var(--mut)}.end{fill:var(--bg);stroke:var(--mut)}.tip,.dot{fill:var(--fg)}
        .lab{paint-order:stroke;stroke:var(--bg);stroke-width:4px;stroke-linejoin:round}
        svg .pillt{fill:var(--card);text-anchor:middle;font-size:10.5px;font-weight:600}
        svg .pill{fill:var(--acc)}svg .cU7,svg .cU9{fill:var(--ok)}svg .cU3,svg .cU5{fill:var(--wait)}
        svg .cU10,svg .cU11{fill:var(--stop)}svg .cU1{fill:var(--mut)}
        .gap{fill:var(--soft)}.gapt,.gapx,.ax{text-anchor:middle;fill:var(--mut);font-size:11.5px}.ax{text-anchor:start;fill:var(--fg)}
        .timer{fill:var(--bg);stroke:var(--mut)}svg .mut{fill:var(--mut);font-size:11.5px;paint-order:stroke;stroke:var(--bg);stroke-width:4px}
        .fault{fill:var(--warnbg);stroke:var(--warn)}.faultt{fill:var(--warn)}.faultl{fill:var(--warn);opacity:.22}
        .reject{fill:var(--nobg);stroke:var(--no)}.rejectt{fill:var(--no)}
        .bad{fill:none;stroke:var(--no);stroke-width:1.8;stroke-dasharray:6 4}.cross{fill:none;stroke:var(--no);stroke-width:2}
        .badt{fill:var(--no);font-weight:600;paint-order:stroke;stroke:var(--bg);stroke-width:4px}
        .badl{stroke:var(--no);stroke-dasharray:4 3}.badc{fill:var(--nobg);stroke:var(--no)}
        .lane{stroke:var(--life)}.tick{stroke:var(--life)}.mk{fill:var(--acc)}.mkn{fill:var(--card);text-anchor:middle;font-size:10px;font-weight:600;pointer-events:none}
        .tim{fill:var(--mut)}

        """

    private static let narrow = """
        @media(max-width:720px){
        .top,main,footer{padding-left:14px;padding-right:14px}.top{padding-top:20px}h1{font-size:24px}
        .facts{gap:8px 20px}.body{padding:0 12px 14px}.case>summary{padding:12px}.case>summary span{margin-left:0;width:100%}
        .index thead{display:none}.index tr{display:flex;flex-wrap:wrap;gap:0 14px;padding:9px 14px;border-top:1px solid var(--line)}
        .index tr:first-child{border-top:0}.index td{border:0;padding:0;text-align:left}.index td:first-child{width:100%}
        .index td+td{font-size:13px;color:var(--mut)}.index td[data-l]:after{content:" " attr(data-l)}
        .tile{grid-template-columns:1fr}.tile li{flex-wrap:wrap;gap:0 8px}.tile .name small{padding-left:0;display:inline}
        .m em{margin-left:0}.tabs{gap:0}.tabs button{padding:7px 5px;font-size:13px}.lanes ol{font-size:12px}}
        """
}
