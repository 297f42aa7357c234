"""Runs the shell steps of the GitHub Action and of the GitLab template in a repository with a pull request.

usage: steps.py SCRATCH PROGRAM. Steps that use other actions are left out; `gh` and `curl` are stand-ins that record what they are
called with.
"""
import json, os, pathlib, re, subprocess, sys
import yaml

scratch, program = pathlib.Path(sys.argv[1]), sys.argv[2]
project = pathlib.Path(__file__).resolve().parent.parent
repository = scratch / "repository"

POLICY = """apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: web, namespace: shop}}
spec:
  podSelector: {{matchLabels: {{app: web}}}}
  policyTypes: [Ingress]
  ingress: [{{from: [{{podSelector: {{matchLabels: {{app: {client}}}}}}}]}}]
"""
PODS = "".join(
    f"---\napiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: shop, labels: {{app: {name}}}}}\n"
    "spec: {containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}\n"
    for name in ("web", "front", "other"))


def git(*words):
    return subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@x", *words], cwd=repository, check=True,
                          capture_output=True, text=True).stdout.strip()


def expect(condition, message):
    if not condition:
        sys.exit("deploy: " + message)


def bash(script, **env):
    words = {**os.environ, "PATH": f"{scratch}/stand-ins:{os.environ['PATH']}", "POLVERDICT": program, **env}
    return subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=repository, env=words).returncode


def stand_in(name, answer):
    file = scratch / "stand-ins" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >>"{scratch}/{name}.calls"\n{answer}\n')
    file.chmod(0o755)


def calls(name):
    file = scratch / f"{name}.calls"
    return file.read_text() if file.exists() else ""


repository.mkdir()
git("init", "-q")
(repository / "manifests").mkdir()
(repository / "manifests/pods.yaml").write_text(PODS)
(repository / "manifests/policy.yaml").write_text(POLICY.format(client="front"))
git("add", "-A")
git("commit", "-qm", "before")
base = git("rev-parse", "HEAD")
(repository / "manifests/policy.yaml").write_text(POLICY.format(client="other"))
git("commit", "-qam", "after")

# GitHub
action = yaml.safe_load((project / "deploy/github-action/action.yml").read_text())
steps = {step.get("name"): step for step in action["runs"]["steps"] if "run" in step}
runner = scratch / "runner"
runner.mkdir()
output, summary = runner / "output", runner / "summary"
given = {"path": "manifests", "cni": "calico@3.31", "base": base, "fail-on": "looser", "lint-fail-on": "never"}
context = {f"inputs.{name}": given.get(name, str(of.get("default", ""))) for name, of in action["inputs"].items()}
context |= {"runner.temp": str(runner), "github.token": "t", "github.event.pull_request.number": "7"}


def filled(text):
    return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda m: context[m.group(1)], text)


def step(name):
    env = {key: filled(value) for key, value in steps[name].get("env", {}).items()}
    return bash(filled(steps[name]["run"]), GITHUB_ACTION_PATH=str(project / "deploy/github-action"), GITHUB_OUTPUT=str(output),
                GITHUB_STEP_SUMMARY=str(summary), GITHUB_REPOSITORY="o/r", **env)


expect(step("Ask polverdict") == 0, "the step that asks failed")
context["steps.ask.outputs.result"] = output.read_text().split("=")[1].strip()
expect(context["steps.ask.outputs.result"] == "1", f"a flow opened, and the result is {output.read_text()}")
sarif = json.loads((runner / "polverdict/lint.sarif").read_text())
expect(sarif["version"] == "2.1.0", "the SARIF has no version")
comment = (runner / "polverdict/comment.md").read_text()
expect("shop/other" in comment and "NetworkPolicy shop/web" in comment, "the comment does not name what opened: " + comment)
expect(summary.read_text() == comment, "the summary is not the comment")
stand_in("gh", 'case "$*" in *--paginate*) [ ! -e "$0.seen" ] || echo 42;; *) : >"$0.seen";; esac')
expect(step("Comment") == 0 and step("Comment") == 0, "the comment could not be written")
expect("repos/o/r/issues/7/comments -F" in calls("gh"), "no comment was made: " + calls("gh"))
expect("repos/o/r/issues/comments/42 -X PATCH" in calls("gh"), "the comment was not written again: " + calls("gh"))
expect(step("Result") == 1, "the job does not fail with what it found")
context["inputs.fail-on"] = "never"
expect(step("Ask polverdict") == 0 and output.read_text().endswith("result=0\n"), "--fail-on never fails")

# GitLab
template = yaml.safe_load((project / "deploy/gitlab/polverdict.gitlab-ci.yml").read_text())[".polverdict"]
(repository / ".polverdict-program").symlink_to(project)
stand_in("curl", 'cat >/dev/null; case "$*" in *per_page*) echo "[]";; esac')  # as curl reads what -K - names
variables = {**template["variables"], "POLVERDICT_PATH": "manifests", "POLVERDICT_CNI": "calico@3.31", "POLVERDICT_FAIL_ON": "any",
             "POLVERDICT_TOKEN": "secret", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_API_V4_URL": "https://gitlab.invalid/api/v4",
             "CI_PROJECT_ID": "3", "CI_MERGE_REQUEST_IID": "9"}
expect(bash("\n".join(template["script"]), **variables) == 1, "the job of GitLab does not fail with what it found")
expect("-X POST" in calls("curl") and "/projects/3/merge_requests/9/notes" in calls("curl"), "no note was made: " + calls("curl"))
expect("secret" not in calls("curl"), "the token stands on a command line")
expect("shop/other" in (repository / "polverdict-report/comment.md").read_text(), "the report of GitLab names nothing")
print("the steps of GitHub and GitLab do what they say")
