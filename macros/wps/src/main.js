/* The buttons of 任务分工 in WPS: each hands a snapshot of the workbook to the fengong program.
 *
 * ES5 and XMLHttpRequest, because the hosts are old; no ribbon callback waits (a waiting one freezes the ribbon).
 * The protocol (job folder, status.txt, open.txt, progress.txt) is described in toolkit/buttons.py.  The program is
 * reached through its loopback agent where one runs, else started by ShellExecute; where neither answers the clerk
 * is told to open the program.  The clerk's own file is never written.
 */
var FG_POLL_MS = 200;
var FG_START_MS = 15000;
var FG_PATIENCE_MS = 1800000;

/** What a button asks to be chosen: the kind of dialog (3 a file, 4 a folder) and its title. */
var FG_PICKS = {
    notice: { dialog: 3, title: '选择通知' },
    returns: { dialog: 4, title: '选择放回收表的文件夹' },
    form: { dialog: 3, title: '选择上级发给本单位的填报表' }
};

/** @type {{program: string, agent: string, buttons: Array<{id: string, label: string, asks: string[]}>}} */
var fgConfig;

function OnAddinLoad() {
    return true;
}

function GetImage(control) {
    return 'images/' + control.Id + '.png';
}

function OnAction(control) {
    try {
        fgPress(control.Id.replace(/^Fg/, ''));
    } catch (problem) {
        fgSay('没有做成：' + problem + '\n您的文件没有改动，请重试；再不行请把这句话告诉维护人员。');
    }
    return true;
}

function fgPress(id) {
    var button = fgButton(id);
    var job = fgNewFolder();
    /** @type {{id: string, job: string, snapshot: string, original: string, sheet: string, cells: string,
     *          picked: string[]}} */
    var request = { id: id, job: job, snapshot: '', original: '', sheet: '', cells: '', picked: [] };
    if (button.asks.indexOf('book') >= 0 && !fgTakeSnapshot(request, button.asks.indexOf('selection') >= 0)) {
        return;
    }
    for (var i = 0; i < button.asks.length; i += 1) {
        if (FG_PICKS[button.asks[i]]) {
            var picked = fgPick(FG_PICKS[button.asks[i]]);
            if (!picked) {
                return;
            }
            request.picked.push(picked);
        }
    }
    fgStatus(button.label + '……');
    fgAskAgent(request, function (accepted) {
        if (!accepted) {
            fgStartProgram(request);
        }
        fgWait(button, job, accepted, fgNow(), fgNow(), '');
    });
}

function fgButton(id) {
    for (var i = 0; i < fgConfig.buttons.length; i += 1) {
        if (fgConfig.buttons[i].id === id) {
            return fgConfig.buttons[i];
        }
    }
    throw new Error('没有这个按钮：' + id);
}

/* --- what a button asks for ------------------------------------------------------------- */

function fgTakeSnapshot(request, withSelection) {
    var app = fgApp();
    var book = app.ActiveWorkbook;
    if (!book) {
        fgSay('没有打开的工作簿。\n请先打开要处理的表，再按这个按钮。');
        return false;
    }
    var ending = /\.[^.]+$/.exec(book.Name);
    request.snapshot = request.job + fgSeparator(request.job) + 'snapshot' + (ending ? ending[0] : '.xlsx');
    book.SaveCopyAs(request.snapshot);
    if (book.Path) {
        request.original = book.Path + fgSeparator(book.Path) + book.Name;
    }
    request.sheet = app.ActiveSheet.Name;
    if (withSelection) {
        request.cells = app.Selection.Address();
    }
    return true;
}

function fgPick(what) {
    var dialog = fgApp().FileDialog(what.dialog);
    dialog.Title = what.title;
    return dialog.Show() === -1 ? dialog.SelectedItems.Item(1) : '';
}

/* --- reaching the program ----------------------------------------------------------------- */

function fgAskAgent(request, answered) {
    var agent = fgRead(fgConfig.agent);
    if (!agent) {
        answered(false);
        return;
    }
    var told = JSON.parse(agent);
    var call = new XMLHttpRequest();
    var done = false;
    function finish(accepted) {
        if (!done) {
            done = true;
            answered(accepted);
        }
    }
    call.open('POST', 'http://127.0.0.1:' + told.port + '/press', true);
    call.setRequestHeader('Content-Type', 'application/json');
    call.setRequestHeader('X-Fengong-Token', told.token);
    call.timeout = 3000;
    call.onload = function () { finish(call.status === 202); };
    call.onerror = function () { finish(false); };
    call.ontimeout = function () { finish(false); };
    call.send(JSON.stringify(request));
}

function fgStartProgram(request) {
    var words = ['button', request.id, '--job', fgQuote(request.job)];
    if (request.snapshot) {
        words.push('--snapshot', fgQuote(request.snapshot), '--sheet', fgQuote(request.sheet));
    }
    if (request.original) {
        words.push('--original', fgQuote(request.original));
    }
    if (request.cells) {
        words.push('--cells', fgQuote(request.cells));
    }
    for (var i = 0; i < request.picked.length; i += 1) {
        words.push('--pick', fgQuote(request.picked[i]));
    }
    try {
        wps.OAAssist.ShellExecute(fgConfig.program, words.join(' '));
    } catch (dead) {
        /* Newer builds refuse; the wait below ends with what to do. */
    }
}

function fgQuote(text) {
    return '"' + text.replace(/\\+$/, '') + '"';
}

/* --- waiting, without blocking the ribbon ------------------------------------------------------ */

function fgWait(button, job, accepted, started, heard, last) {
    var place = job + fgSeparator(job);
    var status = fgRead(place + 'status.txt');
    if (status) {
        fgFinish(status, fgRead(place + 'open.txt'));
        return;
    }
    var progress = fgRead(place + 'progress.txt');
    if (progress && progress !== last) {
        heard = fgNow();
        last = progress;
        fgStatus(button.label + '：' + progress.replace(/^(\d+) (.*)$/, '$2 $1%'));
    }
    if (!accepted && !progress && fgNow() - started > FG_START_MS) {
        fgStatus('');
        fgSay('分工程序没有回应。找过：' + fgConfig.program + '\n请先打开分工程序（保持打开），再按这个按钮。');
        return;
    }
    if (fgNow() - heard > FG_PATIENCE_MS) {
        fgStatus('');
        fgSay('程序很久没有动静。您的文件没有改动，请重试。');
        return;
    }
    setTimeout(function () { fgWait(button, job, accepted, started, heard, last); }, FG_POLL_MS);
}

function fgFinish(status, opens) {
    var lines = status.split('\n');
    var message = lines.slice(1).join('\n');
    fgStatus('');
    if (lines[0] === 'OK') {
        var paths = opens.split('\n');
        for (var i = 0; i < paths.length; i += 1) {
            if (paths[i] && !fgOpen(paths[i])) {
                message += '\n结果在：' + paths[i];
            }
        }
    }
    fgSay(message);
}

/** Open a result; whether the host let us. */
function fgOpen(path) {
    try {
        if (/\.(xlsx|xls|et)$/i.test(path)) {
            fgApp().Workbooks.Open(path);
        } else {
            wps.OAAssist.ShellExecute(path);
        }
        return true;
    } catch (dead) {
        return false;
    }
}

/* --- small things -------------------------------------------------------------------------------- */

/** The host's application: a property in newer builds, a function in older ones. */
function fgApp() {
    /** @type {any} */
    var told = wps.EtApplication;
    /** @type {Et.Application} */
    var app = typeof told === 'function' ? told() : told;
    return app;
}

function fgNow() {
    return new Date().getTime();
}

function fgSay(message) {
    alert(message);
}

function fgStatus(text) {
    fgApp().StatusBar = text || false;
}

function fgSeparator(path) {
    return path.indexOf('\\') >= 0 ? '\\' : '/';
}

function fgNewFolder() {
    var base = wps.Env.GetTempPath().replace(/[\\/]+$/, '');
    var folder = base + fgSeparator(base) + 'fengong-' + fgNow() + '-' + Math.floor(Math.random() * 1000000);
    wps.FileSystem.Mkdir(folder);
    return folder;
}

/** A UTF-8 file as text, '' where there is none: the hosts decode files by the system's code page. */
function fgRead(path) {
    if (!wps.FileSystem.Exists(path)) {
        return '';
    }
    var bytes = wps.FileSystem.readAsBinaryString(path) || '';
    try {
        return decodeURIComponent(escape(bytes));
    } catch (halfWritten) {
        return '';
    }
}
