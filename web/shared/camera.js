// The camera of the device, and pictures from it.

import { html, useEffect, useRef, useState } from './preact.js';
import { post } from './api.js';
import { t } from './messages.js';
import { Note } from './parts.js';
import { Ring } from './charts.js';

const WIDTH = 1280;
const QUALITY = 0.85;
const FRAME_WIDTH = 640;

/** Why there is no camera, as the key of a sentence. */
function reason(error) {
  if (!window.isSecureContext || !navigator.mediaDevices) return 'insecure';
  if (error?.name === 'NotAllowedError' || error?.name === 'SecurityError') return 'denied';
  if (error?.name === 'NotReadableError') return 'busy';
  return 'missing';
}

/** The camera while a component is shown: {video, state, capture, look}; `state` is starting, on, or why there is none. */
export function useCamera() {
  const video = useRef(null);
  const [state, setState] = useState('starting');
  useEffect(() => {
    let stream = null;
    let left = false;
    const start = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: 'user', width: { ideal: WIDTH }, height: { ideal: 720 } } });
        if (left) return stop();
        video.current.srcObject = stream;
        await video.current.play();
        setState('on');
      } catch (error) {
        if (!left) setState(reason(error));
      }
      return undefined;
    };
    const stop = () => stream?.getTracks().forEach((track) => track.stop());
    start();
    return () => { left = true; stop(); };
  }, []);
  return { video, state, capture: (width) => picture(video.current, width), look: (width, purpose) => hint(video.current, width, purpose) };
}

/** The present picture of a video as a JPEG, at most `width` pixels wide. */
async function picture(video, width = 960) {
  const scale = Math.min(1, width / video.videoWidth);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.getContext('2d').drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', QUALITY));
}

/** What the service says about a small frame now: whether a picture of at most `width` pixels would do for its purpose, and what to improve. */
async function hint(video, width, purpose) {
  const form = new FormData();
  form.set('image', await picture(video, FRAME_WIDTH), 'frame.jpg');
  return post(`/v1/hints?purpose=${purpose}&full_width=${Math.min(width, video.videoWidth)}`, form);
}

/** The round mirror with its ring, or why there is no camera. */
export function Mirror({ camera, share = 0, wait = false, children }) {
  return html`<div class="mirror"><video ref=${camera.video} muted playsinline aria-label=${t('camera.label')}></video>${children}<${Ring} share=${share} wait=${wait} /></div>
    ${camera.state !== 'on' && camera.state !== 'starting' && html`<${Note} kind="wait" icon="camera"><b>${t(`camera.${camera.state}`)}</b><br />${t(`camera.${camera.state}_text`)}<//>`}`;
}
