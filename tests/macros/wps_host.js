/* A stand-in for WPS's ET over a real file system: runs the built add-in in Node, presses one button, and prints what
 * a clerk would have seen.  Usage: node wps_host.js ADDIN_FOLDER SCENARIO.json */
'use strict';
const fs = require('fs');
const http = require('http');
const path = require('path');
const vm = require('vm');
const { spawn } = require('child_process');

const [folder, scenarioFile] = process.argv.slice(2);
const scenario = JSON.parse(fs.readFileSync(scenarioFile, 'utf8'));
const seen = { said: [], opened: [], status: [], started: [], agentCalls: [] };

const book = scenario.book && {
    Name: path.basename(scenario.book),
    Path: path.dirname(scenario.book),
    SaveCopyAs: (target) => fs.copyFileSync(scenario.book, target),
};
const application = {
    ActiveWorkbook: book || null,
    ActiveSheet: { Name: scenario.sheet || 'Sheet1' },
    Selection: { Address: () => scenario.cells || '$A$1' },
    Workbooks: { Open: (name) => seen.opened.push(name) },
    FileDialog: () => ({ Show: () => (scenario.picked ? -1 : 0), SelectedItems: { Item: () => scenario.picked } }),
    set StatusBar(text) { seen.status.push(text); },
};

function shellExecute(file, params) {
    seen.started.push([file, params || '']);
    if (scenario.deadShell) { throw new Error('ShellExecute is blocked'); }
    if (!params) { seen.opened.push(file); return; }
    const words = params.match(/"[^"]*"|\S+/g).map((word) => word.replace(/^"|"$/g, ''));
    spawn(file, words, { stdio: 'ignore' });
}

class Request {
    constructor() { this.headers = {}; this.timeout = 0; }
    open(method, url) { this.method = method; this.url = url; }
    setRequestHeader(name, value) { this.headers[name] = value; }
    send(body) {
        seen.agentCalls.push(this.url);
        const options = { method: this.method, headers: { ...this.headers, Origin: scenario.origin || 'null', 'Content-Length': Buffer.byteLength(body) } };
        const call = http.request(this.url, options, (answer) => {
            this.status = answer.statusCode;
            seen.agentStatus = answer.statusCode;
            answer.resume();
            answer.on('end', () => this.onload());
        });
        call.setTimeout(this.timeout, () => { call.destroy(); this.ontimeout(); });
        call.on('error', () => this.onerror());
        call.end(body);
    }
}

const host = {
    console, setTimeout, escape, decodeURIComponent, JSON, Math, Date, XMLHttpRequest: Request,
    alert: (message) => { seen.said.push(message); finish(); },
    wps: {
        EtApplication: () => application,
        Env: { GetTempPath: () => scenario.temp },
        OAAssist: { ShellExecute: shellExecute },
        FileSystem: {
            Exists: (name) => fs.existsSync(name),
            Mkdir: (name) => fs.mkdirSync(name),
            readAsBinaryString: (name) => fs.readFileSync(name).toString('latin1'),
        },
    },
};

function finish() {
    process.stdout.write(JSON.stringify(seen));
    process.exit(0);
}

vm.createContext(host);
vm.runInContext(fs.readFileSync(path.join(folder, 'main.js'), 'utf8'), host);
vm.runInContext(fs.readFileSync(path.join(folder, 'js', 'config.js'), 'utf8'), host);
vm.runInContext('FG_START_MS = ' + (scenario.patience || 15000), host);
if (!host.OnAddinLoad()) { throw new Error('the add-in did not load'); }
host.OnAction({ Id: 'Fg' + scenario.button });
setTimeout(finish, 120000);
if (scenario.expectNothing) { setTimeout(finish, 500); }
