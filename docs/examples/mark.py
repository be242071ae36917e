#!/usr/bin/env python3
"""Marks the people on pictures at a Rollcall service, and prints a greeting for each. Only Python's standard library is needed (3.8 or newer).

    export ROLLCALL_KEY=rk_...                              # a key of the scope recognize: ./rollcall keys create --name door --scope recognize
    python3 mark.py geronimo.jpg more-pictures/             # who is it? Files, and the .jpg and .png files of folders
    python3 mark.py --user-id geronimo geronimo.jpg         # is it this person?
    python3 mark.py --camera 0                              # each time you press Enter, a picture of the camera (needs: pip install opencv-python)

Exit code 0: every picture made a mark; 1: one did not, and the line says why.
"""

import argparse
import base64
import json
import os
import pathlib
import sys
import time
import urllib.error
import urllib.request
import uuid

TRIES = 5
TIMEOUT_SECONDS = 10
TRY_AGAIN = (502, 503, 504)  # 503 is the service's; a proxy before it answers the other two


def post(url, key, body):
    """Sends JSON until there is an answer, at most TRIES times, and returns it as (HTTP status, JSON).

    Every try has the same Idempotency-Key. So the service writes one mark, also if it wrote one and its answer was lost.
    """
    headers = {"X-API-Key": key, "Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    for attempt in range(TRIES):
        wait = 2**attempt / 2
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as refusal:
            if refusal.code not in TRY_AGAIN or attempt == TRIES - 1:
                return refusal.code, problem(refusal)
            wait = float(refusal.headers.get("Retry-After", wait))
        except OSError as failure:  # no connection, a timeout, or a connection that broke
            if attempt == TRIES - 1:
                return 0, {"code": "NO_ANSWER", "message": f"The service doesn't answer: {failure}"}
        time.sleep(wait)


def problem(refusal):
    """The JSON of a refusal, or the same for an answer that is not the service's, such as a proxy's page."""
    try:
        return json.load(refusal)
    except ValueError:
        return {"code": f"HTTP_{refusal.code}", "message": refusal.reason}


def mark(service, key, picture, user_id=None):
    """Marks the person on a picture, given as the bytes of a JPEG, PNG or WebP; returns whether, and what to say."""
    body = {"image": base64.b64encode(picture).decode()}
    if user_id:
        status, answer = post(service + "/recognize", key, {**body, "user_id": user_id})
    else:
        status, answer = post(service + "/identify", key, {**body, "mark": True})
    if status != 200:
        return False, f"{answer['message']} ({answer['code']})"
    attendance = answer["attendance"]
    greeting = "Hello" if attendance["direction"] == "in" else "Goodbye"
    return True, f"{greeting}, {answer['name']}. {attendance['direction']}, {attendance['marked_at']}"


def files(paths):
    """The pictures at these paths, as (name, bytes)."""
    for path in map(pathlib.Path, paths):
        names = sorted(path.glob("*")) if path.is_dir() else [path]
        for name in names:
            if not path.is_dir() or name.suffix.lower() in (".jpg", ".jpeg", ".png"):
                yield str(name), name.read_bytes()


def camera(number):
    """A picture of the camera each time Enter is pressed, until the end of the input."""
    import cv2

    source = cv2.VideoCapture(number)
    while input("Press Enter to mark, Ctrl-C to end. ") is not None:
        source.grab()  # the driver keeps an older picture
        taken, frame = source.read()
        if not taken:
            sys.exit(f"camera {number} gives no picture")
        yield f"camera {number}", cv2.imencode(".jpg", frame)[1].tobytes()


def main():
    options = argparse.ArgumentParser(description="Marks the people on pictures at a Rollcall service.")
    options.add_argument("pictures", nargs="*", help="files, and folders of files")
    options.add_argument("--service", default=os.environ.get("ROLLCALL_URL", "http://localhost:8000"))
    options.add_argument("--user-id", help="who it should be; without it, the service finds out")
    options.add_argument("--camera", type=int, metavar="NUMBER", help="a camera instead of files")
    given = options.parse_args()
    key = os.environ.get("ROLLCALL_KEY") or options.error("set ROLLCALL_KEY to a key of the scope recognize")
    if (given.camera is None) == (not given.pictures):
        options.error("name pictures, or --camera")
    pictures = files(given.pictures) if given.camera is None else camera(given.camera)
    results = []
    try:
        for name, picture in pictures:
            marked, said = mark(given.service, key, picture, given.user_id)
            print(f"{name}: {said}", flush=True)
            results.append(marked)
    except (KeyboardInterrupt, EOFError):
        print()
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
